//! Every header of a page with every headline, every byline and every foot: the headline is the title, and the byline's date the day,
//! whatever stands beside them.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::read;
use xinglin_article::Format;

/// What stands above the headline.
const HEADERS: &[&str] = &[
    "",
    "青河市人民医院",
    "青河市人民医院\nQINGHE PEOPLE'S HOSPITAL",
    "青河市人民医院（青河医学院附属医院）\n首页 | 医院概况 | 新闻中心 | 科室导航 | 专家介绍",
    "首页 > 新闻中心 > 医院新闻",
    "您现在的位置：首页 >> 新闻动态 >> 正文",
    "青河新闻网 > 民生 > 健康",
    "青河健康网\n要闻  医院  专家  视频",
    "青河市卫生健康委员会\n首页  政务公开  政务服务  互动交流\n当前位置：首页 > 通知公告",
    "手机版 | 客户端 | 微信\n青河日报社",
    "青河日报 · 健康周刊",
    "[首 页] [走进医院] [新闻资讯] [就医服务] [科学研究]\n新闻资讯 >> 浏览文章",
    "治疗脱发哪家医院好 http://www.example.com/tf/",
    "青河健康週刊 / 資訊 / 正文",
    "青河县人民医院 | 医院动态",
    "登录 注册 收藏本站\n青河县融媒体中心\n首页 时政 民生 文旅",
    "您好，欢迎访问青河市人民医院官方网站！\n2024年6月3日 星期一",
    "今天是2024年6月3日 星期一\n青河市人民医院",
    "☰ 菜单\n青河融媒",
    "青河市人民政府门户网站\n索引号：QH-2023-001\n发布机构：青河市卫健委\n生成日期：2023-05-01",
    "服务热线：0000-1234567 急救电话：120\n青河市人民医院",
    "青河市人民医院\n医院新闻",
    "新闻动态\nNEWS",
    "健康青河",
    "返回首页 | 加入收藏 | 联系我们",
    "◆ 医院要闻 ◆",
    "院内动态\n————————",
    "【要闻】",
    "A+ A- 打印",
    "搜索\n热搜：医保 挂号 疫苗",
    "青河县中医院\n传承精华 守正创新",
    "最新公告\n五一门诊安排 2024-04-28\n招聘启事 2024-03-01",
];

/// Headlines.
const TITLES: &[&str] = &[
    "我院骨科获批省级临床重点专科",
    "喜报！我院三个专科入选市级临床重点专科建设项目",
    "青河市人民医院消化内科获评国家临床重点专科",
    "【喜讯】心血管内科通过省级重点专科验收",
    "从“零”到“一”：一个县级医院的专科之路",
    "青河市新增5个市级临床重点专科",
    "关于公布2023年度县级临床重点专科名单的通知",
    "青河市卫生健康委员会关于表彰先进集体的决定",
    "2023年青河县人民医院公开招聘公告",
    "骨科简介",
    "我院举行“5·12”国际护士节表彰大会",
    "市中心医院与省人民医院签约共建专科联盟",
    "在青河市医院高质量发展推进会上的讲话",
    "十年磨一剑 霜刃今朝试——青河县中医院骨伤科发展纪实",
    "省级临床重点专科是什么？",
    "孩子总是咳嗽怎么办 听听医生怎么说",
    "五一劳动节门诊安排",
    "青河市人民医院CT设备采购项目中标公示",
    "百年老院焕新颜",
    "她用双手托起生命的希望",
    "急诊科的一天",
    "青河三院：把专科做强 让患者少跑路",
    "奋进2023·青河市人民医院十大亮点",
    "清明祭英烈 共铸中华魂",
    "陈某某院长一行赴省人民医院考察学习",
    "醫院啟用日間手術中心 平均等候時間縮短三成",
    "讣告",
    "感谢信",
    "致歉声明",
    "停诊通知",
    "我们的节日·端午｜粽香情暖病房",
    "健康科普丨如何预防中风",
    "“医”路向阳 “护”你周全",
    "青河市人民医院与青河医学院签约",
    "一图读懂：青河医改",
    "青河：县域医共体让群众就近看病",
    "我院召开2023年第一季度医疗质量分析会",
    "院感科开展手卫生宣传周活动（图）",
    "[图文]我院开展义诊",
    "市卫健委主任李某来院调研",
    "张某某：守护心脏的“女侠”",
    "重点专科介绍——骨科",
    "国家级！青河又上榜",
    "定了！5月1日起执行",
    "好消息：门诊可以刷医保码了",
    "0元挂号？青河这家医院做到了",
    "3D打印技术助力骨科手术",
    "ICU里的生日歌",
    "DRG支付改革，青河这样做",
    "青河市卫生健康委员会2022年度法治政府建设工作报告",
    "国际护士节 | 致敬白衣天使",
];

/// Bylines of the day 2023-05-06.
const BYLINES: &[&str] = &[
    "2023-05-06",
    "2023年5月6日",
    "2023/5/6",
    "2023.05.06",
    "2023-05-06 09:07",
    "2023-05-06 09:07:12",
    "[2023-05-06]",
    "（2023年5月6日）",
    "时间：2023-05-06",
    "日期：2023年05月06日",
    "发布时间：2023-05-06 09:07",
    "发布日期：2023/05/06",
    "发布时间:2023-5-6    来源:宣传科    点击:1863 次",
    "来源：宣传科　时间：2023-05-06　浏览：88",
    "来源：宣传科　2023-05-06",
    "来源：青河日报 作者：王某 2023-05-06 08:00",
    "作者：王某\n时间：2023-05-06",
    "作者：王某\n来源：宣传科\n发布时间：2023-05-06\n阅读：12",
    "宣传科 2023-05-06",
    "青河日报 2023-05-06 08:00",
    "青河日报\n2023-05-06 08:00",
    "2023-05-06 青河日报",
    "2023-05-06 08:00 来源：青河日报",
    "2023-05-06 08:00 | 来源：青河日报 | 编辑：王某",
    "2023-05-06 / 青河日报 / 记者 王某",
    "青河日报 | 2023-05-06 | 记者 王某",
    "2023年05月06日 08:00    来源：青河日报    责任编辑：王某",
    "发布：宣传科 2023-05-06 阅读：77",
    "发布者：宣传科 发布时间：2023-05-06 阅读：77",
    "发布人：宣传科 2023年5月6日 10:20",
    "发布于 2023-05-06 10:20",
    "更新时间：2023-05-06 点击：77",
    "【发布日期：2023-05-06】【字号：大 中 小】【打印】",
    "【2023-05-06】 【来源：宣传科】",
    "[来源：宣传科] [2023-05-06] [浏览：7]",
    "编辑：王某 2023-05-06 浏览：3",
    "编辑：王某    时间：2023-05-06    人气：657",
    "信息来源：宣传科    发布日期：2023年5月6日    浏览次数：12    字体：大 中 小",
    "稿件来源：宣传科 | 作者：王某 | 日期：2023-05-06 | 点击数：12",
    "本报记者 王某 通讯员 李某 2023-05-06",
    "本报记者 王某\n2023-05-06 08:00",
    "2023-05-06 08:00\n来源：青河日报\n字号：大 中 小",
    "2023-05-06 08:00 宣传科 王某 浏览 120",
    "2023年5月6日 星期六 第A2版 健康",
    "二〇二三年五月六日",
    "2023-05-06\n\n分享到：微信 微博",
    "撰稿：王某 摄影：李某 审核：张某 日期：2023-05-06",
    "文/王某 图/李某 2023-05-06",
    "原创 宣传科 青河县人民医院 2023-05-06 18:00 发表于青河",
    "青河县人民医院 2023-05-06 18:00 青河",
    "浏览次数：120 发布时间：2023-05-06",
    "阅读量 120 | 发布时间 2023-05-06",
    "发布时间\n2023-05-06\n来源\n宣传科",
    "时间：2023年5月6日 10:00 来源：本站 作者：admin 点击：次",
    "2023-05-06 10:00 稿源：青河网 【字号 大 中 小】",
    "中国青河网 www.example.com 2023-05-06 08:00 来源：青河日报",
    "發佈日期：2023-05-06",
    "2023-05-06 記者王某／青河報導",
    "日期：112/05/06",
    "民國112年5月6日",
    "来源：宣传科 | 发布时间：2023-05-06 | 作者：骨科 张某 | 浏览次数：1005次 | 字体：[大] [中] [小]",
    "Date: 2023-05-06 Views: 12",
    "2023-05-06T08:00:00+08:00",
    "2023-05-06 08:00 · 青河发布",
    "2023-05-06 08:00·青河发布",
    "青河发布 · 2023-05-06 08:00",
    "阅读 1.2万 2023-05-06",
    "发稿时间：2023-05-06 08:00:00 来源： 青河日报 青河日报",
    "时间:2023-05-06 08:00　　来源:青河晚报　　作者:王某　　责编:李某　　审核:张某",
    "2023-05-06 | 浏览：120 | 分享",
    "时间: 2023-05-06 / 作者: 宣传科",
    "发布时间：2023-05-06 最后更新：2023-06-01",
    "更新日期：2023-06-01 发布日期：2023-05-06",
    "成文日期：2023-05-01 发布日期：2023-05-06",
    "上传时间：2023/5/6 9:07:00 浏览量：120",
    "点击数：120　　更新时间：2023年05月06日　　来源：本站原创",
    "【 宣传科 】 2023-05-06",
    "2023-05-06 宣传科供稿",
    "供稿：宣传科 2023-05-06",
    "通讯员：王某 编辑：李某 2023-05-06",
    "责任编辑：王某 来源：青河日报 时间：2023-05-06 08:00:11",
    "青河日报记者 王某 2023-05-06",
    "发布单位：市卫健委 发布日期：2023-05-06",
    "所属栏目：医院新闻 发布时间：2023-05-06",
    "关键词：骨科\n发布时间：2023-05-06",
    "［2023－05－06］",
    "２０２３年５月６日",
    "2023 年 5 月 6 日",
    "2023-5-6 9:7 点击[120]",
    "来源:青河日报|时间:2023-05-06|阅读:120",
    "作者： 来源： 发布时间：2023-05-06",
    "信息员：王某 审核人：李某 日期：2023-05-06",
    "访问量：\n120\n发布时间：\n2023-05-06",
    "IP属地：青河 2023-05-06 08:00",
    "首发：青河日报 2023-05-06",
    "宣传科\n2023-05-06 | 阅读 120",
    "2023-05-06\t宣传科\t120",
    "(2023-05-06)",
    "—— 2023-05-06 ——",
    "发布时间 : 2023-05-06 08:00 阅读量 : 120",
    "发布 2023-05-06",
    "刊发日期：2023-05-06 版次：A02",
    "2023\n05-06",
    "06\n2023-05",
    "06\n2023/05",
    "May 6, 2023",
    "2023-05-06 宣传科 张某 李某",
    "宣传科 张某 2023-05-06 浏览 33",
    "健康青河 2023-05-06 07:30 青河",
    "创建于：2023-05-06",
    "编辑日期：2023-05-06",
    "周六，2023-05-06 10:22",
    "日期:2023年05月06日    公开主体:县卫生健康局    字号 大 中 小",
];

/// What stands under the sentences.
const FEET: &[&str] = &[
    "",
    "（宣传科 供稿）\n上一篇：我院召开职代会\n下一篇：我院开展义诊",
    "责任编辑：王某\n版权所有 青河市人民医院 青ICP备12345678号-1",
    "青河市人民医院\n2023年4月28日",
    "Copyright © 2010-2024 青河新闻网 All Rights Reserved",
    "相关阅读\n邻县医院获批重点专科\n2024-01-02\n市医院启用新楼\n2024-01-03",
];

const SENTENCES: &str = "青河市人民医院始建于1952年，是一所集医疗、教学、科研于一体的综合性医院。近年来，医院坚持以病人为中心，不断提升服务水平。\n2021年3月，医院启用新大楼，就医环境得到改善。";

/// How often each part stood in a page that was read wrongly.
#[derive(Default)]
struct Faults {
    pages: usize,
    parts: BTreeMap<&'static str, usize>,
    samples: Vec<String>,
}

fn check(whole: impl Fn(&str, &str, &str, &str) -> (String, Format)) {
    let (mut pages, mut faults) = (0, Faults::default());
    for (h, header) in HEADERS.iter().enumerate() {
        for (t, title) in TITLES.iter().enumerate() {
            for (b, byline) in BYLINES.iter().enumerate() {
                if (h + t + b) % 4 != 0 {
                    continue;
                }
                let foot = FEET[(h + 2 * t + 3 * b) % FEET.len()];
                let (page, format) = whole(header, title, byline, foot);
                let article = read(page.as_bytes(), format);
                let day = article.published.map(|day| day.to_string()).unwrap_or_default();
                pages += 1;
                if article.title == *title && day == "2023-05-06" {
                    continue;
                }
                faults.pages += 1;
                let what = if article.title == *title { day } else { article.title };
                for part in [*header, *title, *byline] {
                    *faults.parts.entry(part).or_default() += 1;
                }
                if faults.samples.len() < 12 || (faults.samples.len() < 60 && faults.pages % 97 == 0) {
                    faults.samples.push(format!("{what:?} of {header:?} {title:?} {byline:?} {foot:?}"));
                }
            }
        }
    }
    let mut parts: Vec<_> = faults.parts.into_iter().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.1));
    parts.truncate(16);
    let samples = faults.samples.join("\n");
    assert!(faults.pages == 0, "{} of {pages} pages are read wrongly\n{parts:?}\n{samples}", faults.pages);
}

#[test]
fn texts() {
    check(|header, title, byline, foot| {
        (format!("{header}\n{title}\n{byline}\n{SENTENCES}\n{foot}"), Format::Text)
    });
}

#[test]
fn texts_with_blank_lines() {
    check(|header, title, byline, foot| {
        (format!("{header}\n\n{title}\n\n{byline}\n\n{SENTENCES}\n\n{foot}"), Format::Text)
    });
}

/// The byline's lines in elements of their own.
fn spans(byline: &str) -> String {
    byline.lines().filter(|line| !line.is_empty()).map(|line| format!("<span>{line}</span>\n")).collect()
}

#[test]
fn pages_of_boxes() {
    check(|header, title, byline, foot| {
        let lines = |text: &str| text.lines().map(|line| format!("<p>{line}</p>")).collect::<String>();
        let page = format!(
            "<html><head><title>{title}</title></head><body><div class=top>{}</div><div class=main><h1>{title}</h1><div class=info>{}</div><div class=con>{}</div></div><div class=bot>{}</div></body></html>",
            lines(header),
            spans(byline),
            lines(SENTENCES),
            lines(foot)
        );
        (page, Format::Html)
    });
}

#[test]
fn pages_of_tables_and_breaks() {
    check(|header, title, byline, foot| {
        let lines = |text: &str| text.replace('\n', "<br>");
        let page = format!(
            "<html><head><title>青河网</title></head><body><table><tr><td>{}</td></tr><tr><td align=center><b>{title}</b></td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table></body></html>",
            lines(header),
            lines(byline),
            lines(SENTENCES),
            lines(foot)
        );
        (page, Format::Html)
    });
}

#[test]
fn texts_without_a_byline() {
    let mut wrong = Vec::new();
    for header in HEADERS {
        for title in TITLES {
            for gap in ["\n", "\n\n"] {
                let page = format!("{header}{gap}{title}{gap}{SENTENCES}\n版权所有 青河市人民医院");
                let article = read(page.as_bytes(), Format::Text);
                let dated = article.published.is_some() && !header.contains("生成日期");
                if article.title != *title || dated {
                    wrong
                        .push(format!("{:?} {:?} of {header:?} {title:?}", article.title, article.published));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} pages are read wrongly\n{}", wrong.len(), wrong.join("\n"));
}

/// The byline's words in elements side by side, with nothing between them.
fn joined(byline: &str) -> String {
    // What no page would take apart.
    if byline.contains("年 ") || byline.contains("月6日 ") || byline.contains(" : ") || byline.contains("May")
    {
        return format!("<span>{byline}</span>");
    }
    let words = byline.split([' ', '\u{3000}', '\t', '|', '\n']).filter(|word| !word.is_empty());
    words.map(|word| format!("<span>{word}</span>")).collect()
}

#[test]
fn pages_of_joined_elements() {
    check(|header, title, byline, foot| {
        let items = |text: &str| {
            text.lines().map(|line| format!("<li><a href=x>{line}</a></li>")).collect::<String>()
        };
        let lines = |text: &str| text.lines().map(|line| format!("<div>{line}</div>")).collect::<String>();
        let page = format!(
            "<html><head><title>{title}-新闻中心-青河市人民医院</title></head><body><ul>{}</ul><div class=title>{title}</div><div class=tools>{}</div><div class=con>{}</div>{}</body></html>",
            items(header),
            joined(byline),
            lines(SENTENCES),
            lines(foot)
        );
        (page, Format::Html)
    });
}

/// Lines under a headline whose days are not those of publication.
const EVENTS: &[&str] = &[
    "活动时间：2023年5月6日",
    "考试日期：2023-05-06",
    "公示期：2023年5月6日至5月12日",
    "公示时间：2023-05-06 至 2023-05-12",
    "截止日期：2023-05-06",
    "报名截止时间：2023-05-06 17:00",
    "出诊时间：2023-05-06",
    "会议时间：2023年5月6日上午9:00",
    "有效期至：2023-05-06",
    "成立时间：1986-05-06",
    "开标时间：2023-05-06 09:00",
    "开馆日期：2023年5月6日",
    "手术日期：2023-05-06",
    "执行时间：2023年5月6日起",
    "（图为2023年5月6日活动现场）",
    "（摄于2023年5月6日）",
    "自2023年5月6日起施行",
    "（2019年修订）",
    "时间：2023年5月6日\n地点：门诊大厅",
    "培训时间：2023-05-06\n培训地点：五楼会议室",
    "项目编号：QH20230506",
    "抓取时间：2023-05-06 10:00",
    "打印日期：2023-05-06",
    "下载时间：2023-05-06",
    "生效日期：2023-05-06",
    "出生日期：1950-05-06",
    "证书有效期：2020-05-06至2023-05-06",
];

#[test]
fn days_of_other_things() {
    let mut wrong = Vec::new();
    for header in HEADERS.iter().filter(|header| !header.contains("生成日期")) {
        for title in TITLES.iter().filter(|title| title.chars().count() >= 6) {
            for event in EVENTS {
                let page = format!("{header}\n{title}\n{event}\n{SENTENCES}\n版权所有 青河市人民医院");
                let article = read(page.as_bytes(), Format::Text);
                if article.published.is_some() {
                    wrong.push(format!("{:?} of {header:?} {title:?} {event:?}", article.published));
                }
            }
        }
    }
    wrong.sort_by_key(|line| line.rsplit('"').nth(1).unwrap_or("").to_owned());
    wrong.dedup_by_key(|line| line.rsplit('"').nth(1).unwrap_or("").to_owned());
    assert!(wrong.is_empty(), "{} are read wrongly\n{}", wrong.len(), wrong.join("\n"));
}

/// What heads lists of other articles.
const OTHERS: &[&str] = &[
    "相关阅读",
    "【相关阅读】",
    "相关新闻：",
    "▎相关新闻",
    "■ 热点推荐",
    "热门推荐",
    "猜你喜欢",
    "猜您喜欢",
    "大家都在看",
    "延伸阅读",
    "推荐阅读>>",
    ">>> 更多精彩",
    "更多新闻",
    "往期回顾",
    "往期推荐 · 点击阅读",
    "点击排行",
    "热门文章 TOP5",
    "本周热榜",
    "24小时热文",
    "最新资讯",
    "最新动态",
    "同类新闻",
    "本栏目最新文章",
    "相關新聞",
    "延伸閱讀",
    "你可能還喜歡",
    "健康头条",
    "今日热点",
    "编辑推荐",
    "精彩推荐",
    "相关链接：",
    "您还可以看",
    "上一篇：关于放假的通知",
    "—— 近期热点 ——",
    "[ 相关文章 ]",
    "◎ 医疗快讯",
    "【青河资讯】",
    "▼ 往期精选",
    "看了本文的人还看了",
    "换一换",
    "相关推荐 换一换",
    "其他人还看了",
];

#[test]
fn headlines_of_others() {
    const LISTS: &[[&str; 3]] = &[
        ["邻县医院骨科获批省级重点专科", "市第二医院启用新门诊楼", "专家提醒：春季谨防过敏"],
        ["· 邻县医院骨科获批省级重点专科", "· 市第二医院启用新门诊楼", "· 专家提醒：春季谨防过敏"],
        [
            "邻县医院骨科获批省级重点专科 2024-01-02",
            "市第二医院启用新门诊楼 2024-01-03",
            "专家提醒：春季谨防过敏 2024-01-04",
        ],
    ];
    let mut wrong = Vec::new();
    for others in OTHERS {
        for list in LISTS {
            for close in ["", "责任编辑：王某\n"] {
                let page = format!(
                    "青河新闻网\n我院举行消防演练\n2023-05-06 来源：青河日报\n{SENTENCES}\n{close}{others}\n{}\n青ICP备12345678号",
                    list.join("\n")
                );
                let article = read(page.as_bytes(), Format::Text);
                let day = article.published.map(|day| day.to_string()).unwrap_or_default();
                if article.text.contains("邻县医院") || day != "2023-05-06" {
                    wrong.push(format!("{day} {others:?} {:?} {close:?}", list[0]));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} are read wrongly\n{}",
        wrong.len(),
        OTHERS.len() * 6,
        wrong.join("\n")
    );
}

/// What may stand between a headline and its byline, or instead of one.
#[test]
fn second_lines() {
    const SECOND: &[&str] = &[
        "——青河市人民医院骨科发展纪实",
        "—— 记青河县人民医院护士长王某",
        "--青河县医共体建设观察",
        "（2023年5月6日）",
        "青卫医〔2023〕12号",
        "（青卫医〔2023〕12号）",
        "本报记者 王某 通讯员 李某",
        "宣传科 王某",
        "作者：王某",
        "文/王某",
        "【字体：大 中 小】",
        "院长 李某某",
        "（讲话摘要）",
    ];
    let mut wrong = Vec::new();
    // Where a list of others ends cannot be told above a short headline without a byline.
    for header in HEADERS.iter().filter(|header| !header.starts_with("最新公告")) {
        for title in TITLES.iter().filter(|title| title.chars().count() >= 6) {
            for second in SECOND {
                for byline in ["2023-05-06 08:00 来源：青河日报", "发布时间：2023-05-06", "2023-05-06", ""]
                {
                    let page = format!("{header}\n\n{title}\n{second}\n\n{byline}\n\n{SENTENCES}");
                    let article = read(page.as_bytes(), Format::Text);
                    let day = article.published.map(|day| day.to_string()).unwrap_or_default();
                    let dated = !byline.is_empty() && day != "2023-05-06";
                    if article.title != *title || dated {
                        wrong.push(format!(
                            "{:?} {day} of {header:?} {title:?} {second:?} {byline:?}",
                            article.title
                        ));
                    }
                }
            }
        }
    }
    let step = wrong.len() / 40 + 1;
    let samples: Vec<_> = wrong.iter().step_by(step).cloned().collect();
    assert!(wrong.is_empty(), "{} are read wrongly\n{}", wrong.len(), samples.join("\n"));
}
