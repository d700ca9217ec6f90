//! Other articles' headlines behind a text: what is said there is none of this article's.

use super::line::{Line, raw_lines};
use crate::gazetteer::tables::{AWARD, PASSING};
use crate::mention::Span;
use crate::mention::institution::is_han;
use crate::mention::window_after;
use crate::reading::Reading;
use xinglin_text::{CharSet, WordList, word_list};

/// Where other articles' headlines begin behind the text.
pub(super) fn related_from(reading: &Reading<'_>, lines: &[Line]) -> usize {
    let mut start = 0;
    let mut told = false;
    for line in raw_lines(reading.text()) {
        let prose = reading.is_prose(Span::new(start, start + line.len()));
        if start > 0 && opens_related(line.trim()) || told && !prose && points_elsewhere(line.trim()) {
            return start;
        }
        told |= prose;
        start += line.len() + 1;
    }
    headlines_from(reading, lines).unwrap_or(usize::MAX)
}

/// The most lines that stand behind a text's last sentence, for headlines to be looked for among them.
const TAIL: usize = 24;

/// 健康榜 / A医院甲科入选… / B医院乙科成为…: a label of its own and headlines under it, behind the last sentence.
fn headlines_from(reading: &Reading<'_>, lines: &[Line]) -> Option<usize> {
    let prose = |line: &Line| reading.is_prose(line.span);
    let last = lines.iter().rposition(prose)?;
    let told = || lines.iter().take(last).any(prose);
    let tail = lines.get(last + 1..).filter(|tail| tail.len() <= TAIL && told())?;
    let (at, label) = tail.iter().enumerate().find(|(_, line)| is_label(reading, line))?;
    let under = tail.get(at + 1..)?;
    let headline = |line: &&Line| {
        let awarded = reading.scan.says(line.span, AWARD.or(PASSING));
        awarded && !reading.institutions_in(line.span).is_empty() && !reading.titles_in(line.span).is_empty()
    };
    under.iter().take(5).any(|line| headline(&line)).then_some(label.span.start)
}

/// A word or two that head other things, and no list of titles or names.
fn is_label(reading: &Reading<'_>, line: &Line) -> bool {
    static LISTS: WordList =
        WordList::new(&["名单", "附", "荣誉", "历程", "专科", "学科", "科室", "入选", "大事", "年"]);
    let text = line
        .span
        .of(reading.text())
        .trim_matches(['【', '】', '[', ']', '■', '◆', '◎', '●', '▶', '★', ':', '：', ' ']);
    // 招商热线 0851-… 治颈椎病就到…: a medium's own advertising.
    let desk = word_list![
        "招商热线",
        "广告热线",
        "广告招商",
        "广告合作",
        "广告刊登",
        "商务合作",
        "合作热线",
        "爆料热线",
        "新闻热线",
        "报料热线",
        "投稿邮箱",
        "投稿热线",
        "订阅热线",
        "发行热线"
    ]
    .begin(text);
    let short = (2..=8).contains(&text.chars().count()) && text.chars().all(is_han);
    (desk || short && !LISTS.stand_in(text))
        && reading.titles_in(line.span).is_empty()
        && reading.institutions_in(line.span).is_empty()
}

/// ▲上版标题:…, 导读:…(详见4版), 下一篇:…: whether a line, which is no sentence, only points to other pages.
fn points_elsewhere(line: &str) -> bool {
    static WORDS: WordList = WordList::new(&[
        "上版标题",
        "下版标题",
        "上期标题",
        "下期标题",
        "上期导读",
        "下期导读",
        "明日导读",
        "明日看点",
        "下期看点",
        "下期预告",
        "明日预告",
        "转版标题",
        "导读",
        "要闻导读",
        "今日导读",
        "内页导读",
        "其他版面",
        "编辑推荐",
        "小编推荐",
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "更多新闻",
        "更多阅读",
        "相关话题",
    ]);
    // No longer label is one, so no more of a line need be looked at.
    let head = window_after(line, 0, 16 * char::MAX.len_utf8());
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(label) = head.split([':', '：', ' ', '\u{3000}', '】', ']', '|', '｜']).next() else {
        return false;
    };
    label.len() < head.len() && WORDS.begin(label) && label.chars().count() <= 6
}

/// 相关阅读, 推荐阅读: what follows is other articles'.
pub(super) fn opens_related(line: &str) -> bool {
    static COLONS: CharSet = CharSet::of(":：");
    static WORDS: WordList = WordList::new(&[
        "都在看",
        "还想看",
        "还看了",
        "还喜欢",
        "相关公告",
        "相关公文",
        "相关文件",
        "相关政策",
        "相关通知",
        "相关推荐",
        "相关资讯",
        "本栏推荐",
        "本版其他",
        "本版导读",
        "热门信息",
        "热点新闻",
        "精彩推荐",
        "相关阅读",
        "相关焦点",
        "相关新闻",
        "相关链接",
        "相关报道",
        "相关文章",
        "相关攻略",
        "相关内容",
        "相关专题",
        "相关问答",
        "推荐阅读",
        "延伸阅读",
        "热门推荐",
        "猜你喜欢",
        "热门文章",
        "往期回顾",
        "往期推荐",
    ]);
    // No longer heading is one, so no more of a line need be looked at.
    let head = window_after(line, 0, 14 * char::MAX.len_utf8());
    // 【往期回顾】某县医院骨科…: the heading in brackets, and what it heads behind it.
    let inner = head.strip_prefix(['【', '[', '［']);
    let heading = inner.and_then(|inner| inner.split([']', '】', '］']).next());
    // 本版其他:某县中医院…
    let heading = heading.unwrap_or_else(|| head.split_at(COLONS.passed(head.as_bytes())).0);
    // 某某文库 收录整理 | 相关公文
    let heading = heading.rsplit(['|', '｜']).next().unwrap_or(heading).trim();
    let short = heading.len() <= 12 * char::MAX.len_utf8() && heading.chars().count() <= 12;
    short && WORDS.stand_in(heading)
}
