//! Whole pages of many sites' templates: what is the title, the day, the text, the noise. All invented.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Expected, check_html as check, read};
use xinglin_article::Format;

const SENTENCE: &str = "近日，省卫生健康委公布名单，我院骨科获批省级临床重点专科，这是医院学科建设的新突破。";

#[test]
fn layout_tables_and_breaks() {
    let page = format!(
        "<html><head><title>我院骨科获批-新闻中心-某某医院</title></head><body><table width=1000><tr><td><table><tr><td>首页</td><td>医院概况</td><td>新闻中心</td></tr></table></td></tr>\
         <tr><td><table><tr><td width=200><a href=1>最新公告</a><br><a href=2>招聘启事二〇二三</a></td><td><table><tr><td class=bt>我院骨科获批</td></tr><tr><td>2023-5-6 10:01:00　点击数：88</td></tr>\
         <tr><td>{SENTENCE}<br><br>　　第二段文字说明了学科的历史。<br>1.骨科一病区<br>2.骨科二病区</td></tr></table></td></tr></table></td></tr><tr><td>版权所有 某某医院</td></tr></table></body></html>"
    );
    check(
        &page,
        Expected {
            title: "我院骨科获批",
            published: Some("2023-05-06"),
            site: Some("某某医院"),
            text: &[SENTENCE, "第二段文字说明了学科的历史。\n1.骨科一病区\n2.骨科二病区"],
            noise: &["招聘启事二〇二三", "版权所有", "点击数"],
            ..Expected::default()
        },
    );
}

#[test]
fn wechat_page() {
    let page = format!(
        "<html><head><meta property=\"og:title\" content=\"喜报！我院骨科获批\"><title></title></head><body id=activity-detail><div class=rich_media><h1 class=rich_media_title id=activity-name>\n 喜报！我院骨科获批 \n</h1>\
         <div id=meta_content><span class=rich_media_meta_text>宣传科</span> <a id=js_name>某某县人民医院</a> <em id=publish_time>2023-07-17 08:08</em> <em>发表于陕西</em></div>\
         <div id=js_content style=\"visibility: hidden; opacity: 0;\"><section><section><p><span>{SENTENCE}</span></p></section></section><section><p>供稿：骨科</p></section></div></div>\
         <div class=rich_media_tool>阅读 100</div><script>var x='不可见';</script></body></html>"
    );
    check(
        &page,
        Expected {
            title: "喜报！我院骨科获批",
            published: Some("2023-07-17"),
            text: &[SENTENCE],
            noise: &["阅读 100", "某某县人民医院"],
            ..Expected::default()
        },
    );
    assert!(!read(page.as_bytes(), Format::Html).noise.contains("不可见"));
}

#[test]
fn a_logo_in_h1() {
    let page = format!(
        "<head><title>新闻详情</title></head><body><header><h1><a href=/>某某市中心医院</a></h1><nav><a>首页</a><a>新闻</a></nav></header><div class=main><h2>我院举办学术会议</h2><p class=info><span>来源：科教科</span><span>时间：2021-11-02</span><span>浏览：9</span></p><div><p>{SENTENCE}</p></div></div></body>"
    );
    check(
        &page,
        Expected {
            title: "我院举办学术会议",
            published: Some("2021-11-02"),
            source: Some("科教科"),
            site: Some("某某市中心医院"),
            text: &[SENTENCE],
            noise: &["来源：科教科 时间：2021-11-02 浏览：9"],
            ..Expected::default()
        },
    );
}

#[test]
fn title_with_site_and_no_heading() {
    for (title, headline) in [
        ("我院骨科获批省级重点专科-医院要闻-某某市第一人民医院", "我院骨科获批省级重点专科"),
        ("某某市卫生健康委员会 通知公告 关于公布名单的通知", "关于公布名单的通知"),
        ("我院骨科获批省级重点专科_健康频道_某某网", "我院骨科获批省级重点专科"),
        ("送健康下乡——某某县医院义诊侧记 | 某某日报", "送健康下乡——某某县医院义诊侧记"),
        ("CAR-T细胞治疗落户我院 - 某某医院", "CAR-T细胞治疗落户我院"),
        ("A&amp;B组对照研究 &quot;结果&quot;公布 - 某某医院", "A&B组对照研究 \"结果\"公布"),
    ] {
        let page = format!(
            "<head><title>{title}</title></head><body><div>{headline}</div><div>2021-11-02</div><div>{SENTENCE}</div></body>"
        );
        let headline = headline.to_owned();
        check(
            &page,
            Expected {
                title: &headline,
                published: Some("2021-11-02"),
                text: &[SENTENCE],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn statements_of_the_head() {
    for (head, published) in [
        ("<meta name=PubDate content='2023-11-17 16:48:05'>", Some("2023-11-17")),
        ("<meta property='article:published_time' content='2023-02-10T08:21:45+08:00'>", Some("2023-02-10")),
        ("<meta name=publishdate content=20230615>", Some("2023-06-15")),
        ("<meta itemprop=datePublished content=2023-06-15>", Some("2023-06-15")),
        (
            "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"NewsArticle\",\"headline\":\"我院召开大会\",\"datePublished\":\"2023-06-15T01:02:03Z\"}]}</script>",
            Some("2023-06-15"),
        ),
        ("<script type=application/ld+json>{\"broken\": </script>", None),
        ("<meta name=viewport content='2023-01-01'>", None),
        ("<meta name=PubDate content='昨天'>", None),
    ] {
        let page = format!(
            "<head>{head}<title>我院召开大会 - 某某医院</title></head><body><h1>我院召开大会</h1><p>{SENTENCE}</p></body>"
        );
        check(&page, Expected { title: "我院召开大会", published, text: &[SENTENCE], ..Expected::default() });
    }
}

#[test]
fn addresses() {
    let article = read(
        "<link rel=canonical href='https://a.example/1.html'><meta property=og:url content='https://b.example/'><h1>我院召开大会</h1><p>正文。".as_bytes(),
        Format::Html,
    );
    assert_eq!(article.url.as_deref(), Some("https://a.example/1.html"));
}

#[test]
fn names_in_boxes_of_their_own() {
    let page = format!(
        "<body><div class=wrap><div class=article-title>关于公布重点专科名单的通知</div><div class=article-info>发布日期：2024-01-02</div><div class=con><div>{SENTENCE}</div><div><br></div><div>附件1</div><div>甲县人民医院骨科</div><div>乙县中医院儿科</div></div>\
         <div class=fujian><table><tr><td>丙县医院</td><td>眼科</td></tr><tr><td>丁县医院</td><td>产科</td></tr></table></div></div>\
         <div class=related><div>戊市医院获批国家重点专科</div><div>己市医院义诊</div></div></body>"
    );
    check(
        &page,
        Expected {
            title: "关于公布重点专科名单的通知",
            published: Some("2024-01-02"),
            text: &["甲县人民医院骨科", "乙县中医院儿科", "丙县医院\t眼科\n丁县医院\t产科"],
            noise: &["戊市医院获批国家重点专科", "己市医院义诊"],
            ..Expected::default()
        },
    );
}

#[test]
fn lists_of_links() {
    let page = format!(
        "<body><ul class=x1><li><a href=/>首页</a></li><li><a href=/a>走进我们</a></li></ul><div><h1>省级重点专科名单公布</h1><p>{SENTENCE}</p><p>名单如下：</p><ul><li><a href=1>甲市医院骨科</a></li><li><a href=2>乙市医院儿科</a></li></ul></div>\
         <div class=q3><ul><li><a href=3>丙市医院喜获殊荣</a><span>01-02</span></li><li><a href=4>丁市医院招聘公告</a><span>01-01</span></li></ul></div></body>"
    );
    check(
        &page,
        Expected {
            title: "省级重点专科名单公布",
            text: &["甲市医院骨科\n乙市医院儿科"],
            noise: &["丙市医院喜获殊荣", "走进我们"],
            ..Expected::default()
        },
    );
}

#[test]
fn hidden_and_scripted() {
    let page = format!(
        "<body><div style='display: none'>隐藏的旧闻：庚市医院获批重点专科</div><h1>我院召开大会</h1><noscript>请打开脚本</noscript><p>{SENTENCE}</p><!-- 注释里的字 --><style>p{{}}</style><textarea>表单里的字</textarea><select><option>友情链接一</select></body>"
    );
    let article = read(page.as_bytes(), Format::Html);
    assert!(article.text.ends_with(SENTENCE), "{}", article.text);
    for piece in ["隐藏的旧闻", "请打开脚本", "表单里的字", "友情链接一"] {
        assert!(article.noise.contains(piece), "{piece}");
    }
    assert!(!article.noise.contains("注释里的字"));
}

#[test]
fn hidden_until_scripts_show_it() {
    let page = format!(
        "<body><div class=load>加载中...</div><div id=app style=display:none><h1>我院召开大会</h1><p>{SENTENCE}</p></div></body>"
    );
    check(
        &page,
        Expected {
            title: "我院召开大会", text: &[SENTENCE], noise: &["加载中"], ..Expected::default()
        },
    );
}

#[test]
fn cut_anywhere() {
    let page = format!(
        "<html><head><title>我院召开大会 - 某某医院</title></head><body><h1>我院召开大会</h1><table><tr><td rowspan=2>甲<td>乙</table><p>{SENTENCE}</p><div class=foot>某ICP备0号</div></body></html>"
    );
    for at in page.char_indices().map(|(at, _)| at) {
        let mut articles = Vec::new();
        xinglin_article::read_bytes(
            &page.as_bytes()[..at],
            Format::Html,
            "cut",
            &Default::default(),
            &mut |a| articles.push(a),
        );
        assert_eq!(articles.len(), 1, "cut at {at}");
        if page[..at].contains(SENTENCE) {
            assert!(articles[0].as_ref().is_ok_and(|a| a.text.contains(SENTENCE)), "cut at {at}");
        }
    }
}

#[test]
fn encodings_declared_rightly_wrongly_and_not() {
    let page = |charset: &str| {
        format!(
            "<html><head>{charset}<title>我院召开大会 - 某某医院</title></head><body><h1>我院召开大会</h1><p>{SENTENCE}</p></body></html>"
        )
    };
    for (label, written) in [
        ("gbk", "GBK"),
        ("gbk", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8", ""),
        ("gbk", ""),
        ("big5", "big5"),
        ("utf-16le", ""),
    ] {
        let meta = if written.is_empty() { String::new() } else { format!("<meta charset={written}>") };
        let page = page(&meta);
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a label");
        let (page, sentence) = if label == "big5" {
            let traditional =
                "近日，省衛生健康委公布名單，我院骨科獲批省級臨床重點專科，這是醫院學科建設的新突破。";
            (
                page.replace(SENTENCE, traditional).replace("召开大会", "召開大會").replace("医院", "醫院"),
                traditional,
            )
        } else {
            (page, SENTENCE)
        };
        let bytes = if label == "utf-16le" {
            [0xFEFF].into_iter().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            encoding.encode(&page).0.into_owned()
        };
        let article = read(&bytes, Format::Html);
        assert!(article.text.contains(sentence), "{label} declared as {written:?}: {}", article.text);
        assert!(article.complaints.is_empty(), "{:?}", article.complaints);
    }
}

#[test]
fn line_wrapped_source() {
    let article = read(
        "<h1>我院召开\n大会</h1><p>省级临床\n    重点专科 and\n more</p><pre>一\n二</pre>".as_bytes(),
        Format::Html,
    );
    assert_eq!(article.title, "我院召开大会");
    assert_eq!(article.text, "我院召开大会\n省级临床重点专科 and more\n一\n二");
}

#[test]
fn alternative_texts_are_noise() {
    let article = read(
        "<title>大会 - 某某医院</title><meta name=keywords content='关键 词一'><img alt='某某医院 三级甲等'><h1>我院召开大会</h1><a title='完整的标题在此' href=1>完整的…</a><p>正文。</p>".as_bytes(),
        Format::Html,
    );
    for piece in ["某某医院 三级甲等", "完整的标题在此", "关键 词一", "大会 - 某某医院"]
    {
        assert!(article.noise.contains(piece), "{piece}");
    }
}
