//! Text that was wrapped at a fixed width, as mail, terminals and old archives have it: its sentences are put together again, so that what
//! stands across a line's end is found, and read, as it was written.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::headline::is_enumerated;
use crate::key::is_bullet;
use crate::line::Line;

/// The narrowest width that text is wrapped at, in columns of a terminal.
const NARROWEST: usize = 44;
/// How many columns a full line may lack: a wide character, and a mark that may not begin the next one.
const SLACK: usize = 4;
/// So many columns a paragraph's first line is indented by.
const INDENT: usize = 4;
/// So many full lines that end in the middle of a sentence are no chance.
const FEWEST: usize = 3;

/// Puts the lines of each paragraph together, where the text is wrapped.
pub(crate) fn unwrap(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let Some(wrapping) = Wrapping::of(&lines) else { return lines };
    let mut whole: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    // Whether the last line was full, and its sentence not over; and whether there was no room left in it.
    let (mut open, mut exact) = (false, false);
    for line in lines {
        let goes_on = open && !line.gap && !line.indented && !begins_paragraph(&line.text);
        let cut = exact;
        exact = length(&line, wrapping.measure) >= wrapping.length;
        open = wrapping.fills(&line, !goes_on) && is_open(&line.text);
        match whole.last_mut().filter(|_| goes_on) {
            Some(last) => {
                // Between words of letters stood a blank, where there was room for it; else a word was cut in two, as figures are.
                let letters = line.text.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && last.text.ends_with(|c: char| c.is_ascii_alphanumeric());
                let figures = line.text.starts_with(|c: char| c.is_ascii_digit())
                    && last.text.ends_with(|c: char| c.is_ascii_digit());
                if letters && !figures && !cut {
                    last.text.to_mut().push(' ');
                }
                last.join(&line);
            }
            None => whole.push(line),
        }
    }
    whole
}

/// How a text is wrapped.
struct Wrapping {
    /// How the length of a line is told.
    measure: fn(char) -> usize,
    /// The length that lines are wrapped at.
    length: usize,
}

/// The columns that a character takes where all that is not ASCII takes two.
fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Two for every character: some programs count characters and not columns.
fn characters(_: char) -> usize {
    2
}

impl Wrapping {
    fn of(lines: &[Line<'_>]) -> Option<Wrapping> {
        // Prose is one line a paragraph nearly always: told by a few lines' ends before anything is measured.
        let open = lines.iter().filter(|line| line.text.len() >= NARROWEST && is_open(&line.text));
        if open.take(FEWEST).count() < FEWEST {
            return None;
        }
        let ways = [columns, characters].map(|measure: fn(char) -> usize| Wrapping::by(measure, lines));
        let [by_columns, by_characters] = ways;
        let better = |one: &(usize, Wrapping), other: &(usize, Wrapping)| one.0 >= other.0;
        let best = match (by_columns, by_characters) {
            (Some(one), Some(other)) => Some(if better(&one, &other) { one } else { other }),
            (one, other) => one.or(other),
        };
        best.map(|(_, wrapping)| wrapping)
    }

    /// How a text is wrapped by this measure, and how many lines say so.
    fn by(measure: fn(char) -> usize, lines: &[Line<'_>]) -> Option<(usize, Wrapping)> {
        let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines.iter().filter(|line| !line.row && is_open(&line.text)) {
            *lengths.entry(length(line, measure)).or_default() += 1;
        }
        // The window of lengths that holds most lines; full ones are as long as it is at its end.
        let held = |end: usize| -> usize {
            lengths.range(end.saturating_sub(SLACK)..=end).map(|(_, count)| count).sum()
        };
        let end =
            lengths.range(NARROWEST..).map(|(end, _)| *end).max_by_key(|end| (held(*end), Reverse(*end)))?;
        if held(end) < FEWEST {
            return None;
        }
        let wrapping = Wrapping { measure, length: end };
        let full: Vec<&Line<'_>> = lines.iter().filter(|line| wrapping.fills(line, false)).collect();
        let longer = lines.iter().filter(|line| length(line, measure) > end + SLACK).count();
        let over = full.iter().filter(|line| !is_open(&line.text)).count();
        // Lists of names and a page's furniture have none of these.
        let sentences = full.iter().filter(|line| line.text.contains(['，', '。', '；', ','])).count();
        let wrapped = longer * 8 <= full.len() && over * 3 <= full.len() && sentences * 5 >= full.len() * 3;
        wrapped.then(|| (held(end), wrapping))
    }

    /// Whether a line is as long as such lines are, and of one piece. The first one of a paragraph may have been indented.
    fn fills(&self, line: &Line<'_>, first: bool) -> bool {
        let apart = line.row || line.text.contains(['\t', '|', '｜']) || line.text.contains("  ");
        let slack = SLACK + if first { INDENT } else { 0 };
        let full = self.length.saturating_sub(slack)..=self.length + SLACK;
        !apart && full.contains(&length(line, self.measure))
    }
}

fn length(line: &Line<'_>, measure: fn(char) -> usize) -> usize {
    line.text.chars().map(measure).sum()
}

/// Whether a line does not end as sentences do.
fn is_open(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '」', '』', '）', ')', '’']);
    !bare.ends_with(['。', '！', '？', '：', '…', '.', '!', '?', ':'])
}

/// Whether a line begins a paragraph or an item: 一、, （二）, 3., ●, 附件.
fn begins_paragraph(text: &str) -> bool {
    is_enumerated(text) || text.starts_with(is_bullet) || text.starts_with("附件")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain;

    fn unwrapped(text: &str) -> Vec<String> {
        unwrap(plain::lines(text).0).into_iter().map(|line| line.text.into_owned()).collect()
    }

    /// A text wrapped at a length, each paragraph indented.
    fn wrap(paragraphs: &[&str], most: usize, measure: fn(char) -> usize) -> String {
        let mut text = String::new();
        for paragraph in paragraphs {
            let mut length = 0;
            for c in format!("　　{paragraph}").chars() {
                length += measure(c);
                if length > most {
                    text.push('\n');
                    length = measure(c);
                }
                text.push(c);
            }
            text.push('\n');
        }
        text
    }

    const NEWS: &str = "近日，某某省卫生健康委公布了新一批省级临床重点专科名单，某某市人民医院骨科、神经内科、重症医学科三个专科\
                        榜上有名，另有儿科、眼科两个专科被列为建设项目，这是该院学科建设的又一成果。医院负责人表示，将以此为起点，\
                        继续加强人才培养和技术创新，为群众提供更好的服务，让大病不出市成为现实。";

    #[test]
    fn wrapped_paragraphs_are_whole_again() {
        let dated =
            NEWS.replace("近日", "2023年11月28日上午9点30分").replace("某某市", "MRI与CT并称的某某市");
        for length in [48, 60, 72, 76, 80] {
            for measure in [columns, characters] {
                let paragraphs = [NEWS, &dated, NEWS, &dated, "短句。"];
                assert_eq!(unwrapped(&wrap(&paragraphs, length, measure)), paragraphs, "{length}");
            }
        }
    }

    #[test]
    fn words_of_letters_stay_apart() {
        let line = "the hospital said on its site that the department of orthopaedics was given";
        let text = format!("{line}\n{line}\n{line}\n{line}\n{line}\nthe title.\n");
        assert_eq!(unwrapped(&text).len(), 6, "nothing says that this is prose");
        let (long, short) = (
            "该院骨科由外籍教授于二〇一〇年创建，开展快速康复等，设有床位六十张，配有AB",
            "该院骨科由外籍教授于二〇一〇年创建，开展快速康复等，设有床位六十张，配AB",
        );
        let text = format!("{long}\n{long}\n{short}\n{long}\nICU。\n");
        assert_eq!(unwrapped(&text), [format!("{long}{long}{short}{long}ICU。")]);
        let text = format!("{long}\n{long}\n{short}\nICU。\n");
        assert_eq!(unwrapped(&text), [format!("{long}{long}{short} ICU。")]);
    }

    #[test]
    fn what_is_not_wrapped_stays() {
        let names = "某某市第一人民医院心血管内科、神经内科、骨科\n".repeat(9);
        assert_eq!(unwrapped(&names).len(), 9);
        let table = "某某市第一人民医院          心血管内科、神经内科、骨科\n".repeat(9);
        assert_eq!(unwrapped(&table).len(), 9);
        let paragraphs = format!("{NEWS}\n").repeat(9);
        assert_eq!(unwrapped(&paragraphs).len(), 9);
        let items: String = (1..9).map(|n| format!("{n}.{}\n", &NEWS[..120])).collect();
        assert_eq!(unwrapped(&items).len(), 8);
        let narrow = wrap(&[NEWS], 40, columns);
        assert_eq!(unwrapped(&narrow).len(), narrow.lines().count(), "narrow lines may be anything");
    }
}
