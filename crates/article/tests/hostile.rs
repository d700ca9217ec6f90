//! Pages made to hurt: they cost time in proportion to their length, and nothing overflows. A slip into the square of the length
//! would keep these tests running for hours.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use xinglin_article::{Format, Limits, read_bytes};

/// Bytes of each page.
const SIZE: usize = 500_000;

fn survive(page: &str, format: Format) {
    let mut answers = 0;
    read_bytes(page.as_bytes(), format, "hostile", &Limits::default(), &mut |answer| {
        if let Ok(article) = answer {
            assert!(article.text.len() + article.noise.len() <= 4 * page.len() + 1_000_000);
        }
        answers += 1;
    });
    assert_eq!(answers, 1);
}

fn repeated(piece: &str) -> String {
    piece.repeat(SIZE / piece.len())
}

#[test]
fn nesting() {
    for piece in [
        "<div>",
        "<div>字",
        "<p>字",
        "<table>",
        "<table><tr><td>",
        "<table>x<div>",
        "<ul><li>字",
        "<dd><dl>",
        "<svg>",
        "<math><mi>",
        "<select><option>x",
        "<template>",
        "<button>x",
        "<h1>x",
        "<ruby><rt>",
        "<form>",
        "<a><div>",
        "<b><p>x",
        "<frameset>",
        "</div></p></x>",
        "<blockquote><center>x",
        "<span>x",
        "<li><p>x",
        "<optgroup><option>",
        "<svg><td>",
        "<svg><wbr>",
        "<rt>x",
        "<rp>",
        "<div></x>",
        "<p></p><div>",
    ] {
        survive(&repeated(piece), Format::Html);
    }
}

#[test]
fn formatting_that_is_reopened_in_every_block() {
    let crossed: String =
        (0..SIZE / 40).map(|i| format!("<font color={i}><a href={i}><b id={i}>x<p>")).collect();
    survive(&crossed, Format::Html);
}

#[test]
fn monstrous_tags() {
    let attributes: String = (0..SIZE / 10).map(|i| format!("a{i}=1 ")).collect();
    survive(&format!("<div {attributes}>字"), Format::Html);
    survive(&format!("字<div {attributes}"), Format::Html);
    survive(&format!("<div {attributes}>字").repeat(2), Format::Html);
    for piece in [
        "<",
        "<a ",
        "<!--",
        "&",
        "&amp;",
        "&#x",
        "]]>",
        "<![CDATA[",
        "<!DOCTYPE",
        "<?xml",
        "<title>x",
        "<script>x",
        "<plaintext>x",
    ] {
        survive(&repeated(piece), Format::Html);
    }
}

#[test]
fn entities_are_not_defined_by_pages() {
    let bomb =
        "<!DOCTYPE html [<!ENTITY a \"字字字字\"><!ENTITY b \"&a;&a;&a;\">]><p>&b;&b;</p><p>正文。</p>";
    let article = common::read(bomb.as_bytes(), Format::Html);
    assert!(article.text.contains("正文。") && article.text.len() < 200, "{}", article.text);
}

#[test]
fn tables_that_repeat_themselves() {
    survive(&format!("<table>{}", repeated("<tr><td rowspan=65534 colspan=1000>医院")), Format::Html);
    survive(&format!("<table>{}", repeated("<tr><td>医<td>院")), Format::Html);
}

#[test]
fn linked_data_that_nests() {
    survive(&format!("<script type=application/ld+json>{}</script><p>正文。", repeated("[")), Format::Html);
}

#[test]
fn plain_text() {
    for piece in [
        "市人民医院",
        "2023",
        "2023-05-06\n",
        "【[（\n",
        "【[（",
        "e\u{301}",
        "来源：x 发布时间：2023-01-01 ",
        "来源：x\n",
        "相关阅读\n",
        "\n",
        "a\n",
        ">a\n",
        "首页 > a > b\n",
        "上一篇\n",
        "某某市人民医院骨科获批省级重点专科\n",
        "\u{202e}",
        "\u{0}",
        " ",
        "\u{3000}\n",
        "。",
        "附件\n",
    ] {
        survive(&repeated(piece), Format::Text);
    }
}

#[test]
fn limits_bite_with_a_message() {
    let limits =
        Limits { page_bytes: 10, article_bytes: 20, html_depth: 3, line_bytes: 30, ..Limits::default() };
    let messages = |bytes: &[u8], format| {
        let mut out = Vec::new();
        read_bytes(bytes, format, "f", &limits, &mut |answer| match answer {
            Ok(article) => out.extend(article.complaints.iter().map(ToString::to_string)),
            Err(error) => out.push(error.to_string()),
        });
        out.join("; ")
    };
    assert!(messages(b"0123456789a", Format::Text).contains("f: 11 bytes are over the limit of 10"));
    let lines = "{\"text\":\"一二三四五六七八九十\"}\n{\"text\":\"一\"}\n";
    assert!(
        messages(lines.as_bytes(), Format::JsonLines).starts_with("f:1: "),
        "{}",
        messages(lines.as_bytes(), Format::JsonLines)
    );

    let limits = Limits { article_bytes: 20, html_depth: 3, ..Limits::default() };
    let read = |page: &str| {
        let mut found = Vec::new();
        read_bytes(page.as_bytes(), Format::Html, "f", &limits, &mut |answer| {
            found.push(answer.expect("an article"))
        });
        found.remove(0)
    };
    let article = read("<div><div><div><div><div>一二三四五六七八九十");
    assert_eq!(article.text, "一二三四五六");
    assert_eq!(article.complaints.len(), 2, "{:?}", article.complaints);
}
