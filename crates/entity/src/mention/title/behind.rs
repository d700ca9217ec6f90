//! What stands behind the programme's word: status, frame, count, or a longer word that makes it no title.

use super::Title;
use crate::gazetteer::tables::{ACTIVITY, BOUNDARY, CONSTRUCTION, CULTIVATION, FRAME, Kinds, PERSON};
use crate::kinds::{Level, Status, Tier};
use crate::mention::institution::is_han;
use crate::mention::scan::Scan;
use crate::mention::window_after;
use xinglin_text::{WordList, word_list};

/// What leads to a count.
static COUNTS: WordList = WordList::new(&[",共", "，共", ",计", "，计", ",有", "，有"]);

/// What says how many there are by now.
static GROWN: WordList =
    WordList::new(&["增至", "增加到", "增加至", "总数达", "已达", "达到", "达", "已增至"]);

fn skip_quotes(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start_matches(['”', '"', '」', '』', '’', '》', ' ']).len()
}

/// Reads rightwards from the programme's word.
pub(super) fn read(scan: &Scan<'_>, from: usize, title: &mut Title) {
    let kind = skip_quotes(scan.text, from);
    let behind = past_kind(scan.text, kind);
    // 省级临床重点专科(县域)建设项目
    let inner = scan.text.get(kind..behind).unwrap_or_default();
    if inner.contains('县') && title.levels == [Level::Provincial] {
        title.tier = Some(Tier::County);
    }
    let mut at = past_owner(scan, behind);
    // 要按照省级重点专科的标准加快建设
    let rest = window_after(scan.text, kind, 18);
    title.activity |= rest.strip_prefix('的').is_some_and(|rest| {
        word_list!["标准", "要求", "水平", "条件", "规格", "评审", "申报", "创建", "规划", "目标"].begin(rest)
    });
    // 省级重点专科协作单位: who works with it.
    let with = window_after(scan.text, behind, 24);
    let with = word_list!["协作", "合作", "成员", "帮扶", "共建", "支援", "协同"]
        .strip_prefix(with)
        .is_some_and(|rest| word_list!["单位", "医院", "科室", "机构", "体"].begin(rest));
    if with || named_after_title(scan, behind) {
        title.activity = true;
    }
    let word = |at: usize, kinds: Kinds| scan.starting_at(at).find(|(_, entry)| entry.kinds.has(kinds));
    // 市级临床重点专科拟立项名单
    if scan.after(at) == Some('拟') && word(at + '拟'.len_utf8(), CONSTRUCTION.or(CULTIVATION)).is_some() {
        at += '拟'.len_utf8();
    }
    if let Some((span, entry)) = word(at, CONSTRUCTION.or(CULTIVATION).or(ACTIVITY)) {
        if entry.kinds.has(ACTIVITY) {
            title.activity = true;
        } else {
            title.status =
                if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
            title.status_said = true;
            title.span.end = span.end;
        }
        at = skip_quotes(scan.text, span.end);
        title.activity |= word(at, ACTIVITY).is_some();
    } else if let Some((status, end)) = qualified(scan.text, at) {
        // 拿到市级重点专科的建设资格
        title.status = status;
        title.status_said = true;
        title.span.end = end;
        at = end;
    } else if let Some(tail) = scan.text.get(at..).and_then(|rest| rest.strip_prefix("建设")) {
        let framed = word(at + "建设".len(), FRAME).is_some();
        let ends =
            tail.chars().next().is_none_or(|c| !c.is_alphanumeric()) || tail.starts_with("立项") || framed;
        if ends {
            title.status = Status::Construction;
            title.status_said = true;
            title.span.end = at + "建设".len();
        } else {
            title.activity = true;
        }
        at += "建设".len();
    }
    at = bracket(scan, at, title);
    if let Some((span, _)) = word(at, FRAME) {
        title.framed = true;
        at = span.end;
    }
    let mut rest = scan.text.get(at..).unwrap_or_default();
    rest = rest.trim_start_matches(['”', '"', '」', ' ']);
    for list in [&COUNTS, &GROWN] {
        if list.begin(rest) {
            rest = list.iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        }
    }
    rest = rest.strip_prefix('共').unwrap_or(rest);
    rest = rest.strip_prefix('有').unwrap_or(rest);
    let number =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两多余各".contains(c));
    title.counted = number.len() < rest.len()
        && (number.starts_with('个') || number.starts_with('项') || number.starts_with("家"));
    title.person = word(at, PERSON).is_some();
}

/// 的建设资格, 培育名额: a status as what one may do, and where its words end.
fn qualified(text: &str, at: usize) -> Option<(Status, usize)> {
    let rest = window_after(text, at, 30);
    let plain = rest.strip_prefix('的').unwrap_or(rest);
    let (status, behind) = [(Status::Construction, "建设"), (Status::Cultivation, "培育")]
        .into_iter()
        .find_map(|(status, word)| Some((status, plain.strip_prefix(word)?)))?;
    // 列进市级重点专科的建设名单: the list's word is left for the frame.
    let listed = plain.len() < rest.len() && word_list!["名单", "行列", "序列"].begin(behind);
    if listed {
        return Some((status, at + rest.len() - behind.len()));
    }
    let word = word_list!["单位资格", "项目资格", "资格", "名额", "席位"].beginning(behind)?;
    Some((status, at + rest.len() - behind.len() + word.len()))
}

/// 重点专科骨科协作基地, 重点专科心血管病区域诊疗中心: what is only called after a title.
fn named_after_title(scan: &Scan<'_>, at: usize) -> bool {
    static PLACES: WordList = WordList::new(&[
        "协作基地",
        "培训基地",
        "示范基地",
        "区域诊疗中心",
        "诊疗中心",
        "分中心",
        "联盟",
        "医联体",
        "协作组",
        "协作网",
    ]);
    let field = scan.starting_at(at).find(|(_, entry)| entry.specialty.is_some());
    field.is_some_and(|(span, _)| {
        let rest = window_after(scan.text, span.end, 36);
        let rest = rest.trim_start_matches(['病', '专', '科']);
        PLACES.begin(rest)
    })
}

/// 国家临床重点专科(中医专业)建设单位: which kind of it stands in a bracket before its status.
fn past_kind(text: &str, at: usize) -> usize {
    let rest = window_after(text, at, 48);
    let Some(inner) = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（')) else { return at };
    let Some((kind, _)) = inner.split_once([')', '）']) else { return at };
    let named = word_list![
        "专业",
        "类",
        "学",
        "医",
        "医药",
        "专科",
        "级",
        "县域",
        "市域",
        "除外",
        "共建",
        "专病",
        "学科",
        "亚专科",
        "军队",
        "部队",
        "武警",
        "兵团",
        "社会办",
        "民营",
        "基层",
        "自筹",
        "中央财政"
    ]
    .end(kind);
    let end = at + '('.len_utf8().max(rest.len() - inner.len()) + kind.len();
    if named && kind.chars().count() <= 8 {
        end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    } else {
        at
    }
}

/// 重点专科军队建设项目: a word or two may stand between the programme and its status.
fn past_owner(scan: &Scan<'_>, at: usize) -> usize {
    let rest = scan.text.get(at..).unwrap_or_default();
    let mut next = at;
    for c in rest.chars().take(4) {
        if !is_han(c) || scan.matcher.character(c).has(BOUNDARY) {
            return at;
        }
        next += c.len_utf8();
        let status = scan.starting_at(next).any(|(span, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(scan.text).chars().count() >= 4
        });
        let known = scan.starting_at(at).any(|(_, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION).or(ACTIVITY).or(FRAME).or(PERSON))
        });
        if status && !known {
            return next;
        }
    }
    at
}

/// (建设单位), (培育), (含建设项目), (通过验收) behind a title.
fn bracket(scan: &Scan<'_>, at: usize, title: &mut Title) -> usize {
    let rest = window_after(scan.text, at, 66);
    let Some(inner) = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（')) else { return at };
    let Some(close) = inner.find([')', '）']).filter(|close| *close <= 60) else { return at };
    let content = inner.get(..close).unwrap_or_default();
    let end = at
        + (rest.len() - inner.len())
        + close
        + inner.get(close..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
    let including = content.starts_with('含') || content.starts_with("包括");
    if content.chars().count() > 12 || including {
        return if including { end } else { at };
    }
    // (建设期满,验收通过)
    if content.contains("验收") && word_list!["通过", "合格"].stand_in(content) {
        title.status = Status::Designated;
    } else if content.contains("培育") {
        title.status = Status::Cultivation;
    } else if content.contains("建设") || content.contains("立项") || content.contains("在建") {
        title.status = Status::Construction;
    } else {
        return at;
    }
    title.status_said = true;
    title.span.end = end;
    end
}
