//! Counting a facet by the lists of its values: where most articles are counted, that reads less than each article's values do.

use tantivy::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};

use crate::answer::FacetValue;
use crate::bits::Bits;
use crate::facets::Wanted;
use crate::plan::year_terms;
use crate::request::{FacetField, YearRange};

/// How many documents of a list are read in the time that the values of one document are looked up, that one value is read, and that
/// a list is opened.
const DOCUMENT: u64 = 4;
const VALUE: u64 = 6;
const LIST: u64 = 250;

/// A value and where its list lies.
type Listed = (FacetValue, TermInfo);

/// How often each value stands in the articles, the same value once; `None` where reading each article's values takes less.
pub(crate) fn count_by_lists(
    segment: &SegmentReader,
    docs: &Bits,
    wanted: Wanted<'_>,
) -> tantivy::Result<Option<Vec<(FacetValue, usize)>>> {
    let documents = u64::from(segment.max_doc());
    let values = values_in(segment, wanted.field)?;
    let budget = docs.len() as u64 * (DOCUMENT + VALUE * values / documents.max(1));
    if budget < documents {
        return Ok(None);
    }
    let field = segment.schema().get_field(wanted.field.as_str())?;
    let values = segment.inverted_index(field)?.terms().num_terms() as u64;
    if !wanted.field.is_hierarchical() && values * LIST > budget {
        return Ok(None);
    }
    let values = match wanted.field {
        FacetField::Year => years(segment, field)?,
        _ => names(segment, field, wanted, budget)?,
    };
    let effort: u64 = values.iter().map(|(_, info)| LIST + u64::from(info.doc_freq)).sum();
    if effort > budget {
        return Ok(None);
    }
    let index = segment.inverted_index(field)?;
    let mut counts = Vec::with_capacity(values.len());
    for (value, info) in values {
        let mut list = index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        let mut count = 0;
        while !list.docs().is_empty() {
            count += list.docs().iter().map(|doc| usize::from(docs.contains(*doc))).sum::<usize>();
            list.advance();
        }
        if count > 0 {
            counts.push((value, count));
        }
    }
    Ok(Some(counts))
}

/// How many values the documents of a segment have together.
fn values_in(segment: &SegmentReader, field: FacetField) -> tantivy::Result<u64> {
    let columns = segment.fast_fields();
    Ok(u64::from(match field {
        FacetField::Year => {
            columns.column_opt::<i64>(field.as_str())?.map_or(0, |years| years.values.num_vals())
        }
        _ => columns.str(field.as_str())?.map_or(0, |names| names.ords().values.num_vals()),
    }))
}

fn years(segment: &SegmentReader, field: Field) -> tantivy::Result<Vec<Listed>> {
    let index = segment.inverted_index(field)?;
    let mut found = Vec::new();
    let column = segment.fast_fields().column_opt::<i64>(FacetField::Year.as_str())?;
    let Some(column) = column else { return Ok(found) };
    let (Ok(first), Ok(last)) = (i32::try_from(column.min_value()), i32::try_from(column.max_value())) else {
        return Ok(found);
    };
    // Damaged bytes can promise any span.
    let last = last.min(first.saturating_add(1_000));
    let range = YearRange { first: Some(first), last: Some(last) };
    for (year, term) in (first..=last).zip(year_terms(field, range)) {
        if let Some(info) = index.get_term_info(&term)? {
            found.push((FacetValue::Number(year), info));
        }
    }
    Ok(found)
}

/// The names that are counted, as far as there are few enough. What lies below a name is passed over.
fn names(
    segment: &SegmentReader,
    field: Field,
    wanted: Wanted<'_>,
    budget: u64,
) -> tantivy::Result<Vec<Listed>> {
    let index = segment.inverted_index(field)?;
    let under = wanted.under().map_or_else(String::new, |parent| format!("{parent}/"));
    let mut found = Vec::new();
    let mut from = under.clone();
    'from_there: loop {
        let mut terms = index.terms().range().ge(from.as_bytes()).into_stream()?;
        while terms.advance() {
            let Ok(name) = std::str::from_utf8(terms.key()) else { continue };
            let Some(rest) = name.strip_prefix(&under) else { break };
            if wanted.field.is_hierarchical()
                && let Some(end) = rest.find('/')
            {
                // '0' is the character behind '/'.
                from = format!("{under}{}0", rest.get(..end).unwrap_or_default());
                continue 'from_there;
            }
            found.push((FacetValue::Text(name.to_owned()), terms.value().clone()));
            if found.len() as u64 * LIST > budget {
                break;
            }
        }
        return Ok(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use xinglin_index_schema::{Fields, Kind, register_tokenizers};

    const DOCUMENTS: u32 = 20_000;

    /// The values of an article; every third document is a record, which has the same and counts nowhere.
    fn values(number: u32) -> (Vec<&'static str>, i64, &'static str) {
        let region = match number % 7 {
            0 => vec![],
            1 => vec!["甲省"],
            2 => vec!["甲省", "甲省/乙市"],
            3 => vec!["甲省", "甲省/乙市", "甲省/乙市/丙县", "丁省", "丁省/戊市"],
            4 => vec!["甲省", "甲省 (旧)"],
            5 => vec!["甲省", "甲省/己市"],
            _ => vec!["甲省级"],
        };
        (region, i64::from(2010 + number % 11), if number.is_multiple_of(5) { "national" } else { "county" })
    }

    #[test]
    fn lists_count_what_the_values_of_each_article_would() {
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_ram(schema);
        register_tokenizers(&index);
        let mut writer = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        for number in 0..DOCUMENTS {
            let (regions, year, level) = values(number);
            let kind = if number.is_multiple_of(3) { Kind::Record } else { Kind::Article };
            let mut document =
                tantivy::doc!(fields.kind => kind.as_str(), fields.year => year, fields.level => level);
            regions.iter().for_each(|region| document.add_text(fields.region, region));
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        let mut docs = Bits::empty(DOCUMENTS);
        let counted = |number: &u32| !number.is_multiple_of(3) && *number < 15_000;
        (0..DOCUMENTS).filter(counted).for_each(|number| docs.insert(number));
        let check = |field: FacetField, under: Option<&str>, expected: &[&str]| {
            let wanted = Wanted { field, under, limit: 0 };
            let mut counts = count_by_lists(segment, &docs, wanted).expect("read").expect("worth it");
            counts.sort();
            let has = |number: &u32, name: &str| {
                let (regions, year, level) = values(*number);
                regions.contains(&name) || year.to_string() == name || level == name
            };
            let of = |name: &&str| (0..DOCUMENTS).filter(counted).filter(|number| has(number, name)).count();
            let expected: Vec<(String, usize)> =
                expected.iter().map(|name| ((*name).to_owned(), of(name))).collect();
            let counts: Vec<(String, usize)> =
                counts.into_iter().map(|(value, count)| (value.to_string(), count)).collect();
            assert_eq!(counts, expected, "{field:?} under {under:?}");
        };
        check(FacetField::Region, None, &["丁省", "甲省", "甲省 (旧)", "甲省级"]);
        check(FacetField::Region, Some("甲省"), &["甲省/乙市", "甲省/己市"]);
        check(FacetField::Region, Some("甲省/乙市"), &["甲省/乙市/丙县"]);
        check(FacetField::Level, None, &["county", "national"]);
        let years: Vec<String> = (2010..2021).map(|year| year.to_string()).collect();
        let years: Vec<&str> = years.iter().map(String::as_str).collect();
        check(FacetField::Year, None, &years);
        let mut few = Bits::empty(DOCUMENTS);
        few.insert(1);
        let wanted = Wanted { field: FacetField::Region, under: None, limit: 0 };
        assert!(count_by_lists(segment, &few, wanted).expect("read").is_none(), "one article is looked at");
    }
}
