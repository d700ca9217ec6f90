//! Years said behind a title, of some of those that hold it: 甲科、乙科、丙科为P,其中甲科是2018年命名的,另外两个在去年10月一并命名.

use super::*;
use xinglin_text::{WordList, word_list};

/// How a clause ends that says when a title was given.
static GIVEN: WordList = WordList::new(&[
    "命名的",
    "获评的",
    "获批的",
    "评上的",
    "评定的",
    "入选的",
    "立项的",
    "授予的",
    "通过的",
    "认定的",
    "创建的",
    "命名",
    "获评",
    "获批",
    "评上",
    "入选",
    "立项",
    "认定",
    "获得",
    "获得的",
]);

impl Narrator<'_, '_> {
    /// Dates what a sentence has just given, as its last clauses say.
    pub(super) fn apportion(&mut self, part: Span, whole: Span) {
        let Some(title) = self.reading.titles_in(part).last().map(|title| title.span.end) else { return };
        let behind = Span::new(title, part.end);
        if self.reading.years_in(behind).is_empty()
            || self.drafts.last().is_none_or(|draft| draft.evidence != whole)
        {
            return;
        }
        let award = self.drafts.last().map(|draft| draft.award);
        let mut settled: Vec<Field> = Vec::new();
        let mut at = title;
        while at < part.end {
            let clause = sentence::clause(self.reading.text(), behind, at);
            at = clause.end.max(at) + self.reading.scan.after(clause.end).map_or(1, char::len_utf8);
            let Some(year) = self.year_given(clause) else { continue };
            let fields: Vec<Field> = field::mentions_in(self.fields, clause)
                .iter()
                .map(|mention| field::named_at(self.reading, mention))
                .collect();
            let told = clause.of(self.reading.text()).trim_start();
            let rest = word_list!["另外", "其余", "其他", "其它", "另", "余下", "剩下"].begin(told);
            let led = told.starts_with("其中") || !settled.is_empty();
            if !rest && (fields.is_empty() || !led) {
                continue;
            }
            let given = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole);
            for draft in given.filter(|draft| Some(draft.award) == award) {
                let meant = if fields.is_empty() {
                    !settled.contains(&draft.field)
                } else {
                    fields.contains(&draft.field)
                };
                if meant {
                    draft.dating = Dating::Printed(year);
                }
            }
            settled.extend(fields);
        }
    }

    /// The year of a clause that ends with a giving: 甲科是2018年命名的.
    fn year_given(&self, clause: Span) -> Option<i32> {
        let text = clause.of(self.reading.text()).trim_end_matches(['。', '；', ';', '，', ',', '”', ' ']);
        let [year] = self.reading.years_in(clause) else { return None };
        let value = match year.when {
            When::Year(value) => value,
            When::Relative(offset) => self.written.or(self.year)? + offset,
            _ => return None,
        };
        (GIVEN.end(text) && self.reading.titles_in(clause).is_empty()).then_some(value)
    }
}
