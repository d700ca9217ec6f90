//! Plain pages of many sites' shapes: what is the title, the day, the text, the noise. All invented.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Expected, check_text as check};

#[test]
fn hospital_site_without_blank_lines() {
    check(
        "某某市中心医院\n首页 医院概况 新闻中心 专家介绍 就医指南\n您的位置：首页 > 新闻中心 > 医院新闻\n我院骨科获批省级临床重点专科\n发布日期：2023-05-06 作者：宣传科 点击：188\n近日，省卫生健康委公布名单，我院骨科入选。\n上一篇：护士节活动\n下一篇：义诊预告\n地址：某省某市某路1号 电话：0913-0000000\n版权所有：某某市中心医院 某ICP备00000000号",
        Expected {
            title: "我院骨科获批省级临床重点专科",
            published: Some("2023-05-06"),
            site: Some("某某市中心医院"),
            text: &["近日，省卫生健康委公布名单"],
            noise: &["上一篇：护士节活动", "地址：某省", "版权所有", "首页 医院概况", "点击：188"],
            ..Expected::default()
        },
    );
}

#[test]
fn wechat_article() {
    check(
        "喜报 | 我院心血管内科获评市级重点专科\n原创 宣传科 某某县人民医院 2023-07-17 08:08 发表于陕西\n\n近日，市卫生健康委下发通知，我院心血管内科获评市级临床重点专科。\n\n来源：医务科\n编辑：王某\n审核：李某\n\n阅读 1024\n在看\n点赞\n长按二维码关注我们",
        Expected {
            title: "喜报 | 我院心血管内科获评市级重点专科",
            published: Some("2023-07-17"),
            source: Some("医务科"),
            text: &["近日，市卫生健康委下发通知"],
            noise: &["阅读 1024", "长按二维码关注我们", "原创 宣传科"],
            ..Expected::default()
        },
    );
}

#[test]
fn government_page_with_a_register() {
    check(
        "某省人民政府门户网站\n索引号：000014349/2023-00011\n发布机构：省卫生健康委\n成文日期：2023年11月16日\n发布日期：2023年11月17日\n\n关于公布省级临床重点专科名单的通知\n\n各市卫生健康委：\n\n经评审，确定甲市人民医院骨科等2个专科为省级临床重点专科。\n\n附件：名单\n\n某省卫生健康委员会\n2023年11月16日\n\n附件\n\n甲市人民医院骨科\n乙市中医医院针灸科\n\n扫一扫在手机打开当前页\n主办：某省人民政府 网站标识码：0000000000",
        Expected {
            title: "关于公布省级临床重点专科名单的通知",
            published: Some("2023-11-17"),
            text: &["甲市人民医院骨科", "乙市中医医院针灸科", "2023年11月16日\n附件"],
            noise: &["网站标识码", "扫一扫在手机打开当前页"],
            ..Expected::default()
        },
    );
}

#[test]
fn newspaper_with_date_on_its_own_line() {
    check(
        "某某新闻\n登录\n\n市儿童医院新院区启用，增设床位六百张\n某某新闻记者 王某\n2023-05-06 14:21\n来源：某某新闻\n∙ 健康 >\n字号\n\n5月6日，市儿童医院新院区正式启用。新院区设床位六百张。\n\n责任编辑：赵某\n校对：钱某\n某某新闻报料：021-0000000\n评论（12）\n相关推荐\n丙市人民医院胸痛中心通过认证\n2023-05-01",
        Expected {
            title: "市儿童医院新院区启用，增设床位六百张",
            published: Some("2023-05-06"),
            source: Some("某某新闻"),
            text: &["5月6日，市儿童医院新院区正式启用"],
            noise: &["相关推荐", "丙市人民医院胸痛中心通过认证", "2023-05-01", "责任编辑：赵某"],
            ..Expected::default()
        },
    );
}

#[test]
fn taiwanese_hospital() {
    check(
        "首頁 / 最新消息 / 新聞稿\n某某醫學中心成立失智症整合照護中心\n發布日期：112/11/03 點閱數：23\n\n某某醫學中心今（3）日宣布成立失智症整合照護中心，由神經內科主責。\n\n回上頁\n相關新聞\n某某醫院榮獲國家品質標章",
        Expected {
            title: "某某醫學中心成立失智症整合照護中心",
            published: Some("2023-11-03"),
            text: &["今（3）日宣布成立"],
            noise: &["某某醫院榮獲國家品質標章", "點閱數", "首頁 / 最新消息"],
            ..Expected::default()
        },
    );
}

#[test]
fn hong_kong_paper() {
    check(
        "即時新聞\n港聞\n公院新大樓啟用 增設手術室六間\n2023年09月12日 00:00\n（某某日報報道）醫管局表示，新大樓昨日起分階段投入服務，增設手術室六間。\n----------\n延伸閱讀：某某醫院爆水管 門診暫停\n訂閱電子報",
        Expected {
            title: "公院新大樓啟用 增設手術室六間",
            published: Some("2023-09-12"),
            text: &["醫管局表示"],
            noise: &["延伸閱讀：某某醫院爆水管"],
            ..Expected::default()
        },
    );
}

#[test]
fn label_and_date_on_two_lines() {
    check(
        "我院召开学科建设推进会\n发布时间：\n2024-03-08\n浏览次数：\n77\n3月7日，我院召开学科建设推进会。会议由院长主持。",
        Expected {
            title: "我院召开学科建设推进会",
            published: Some("2024-03-08"),
            text: &["3月7日，我院召开"],
            ..Expected::default()
        },
    );
}

#[test]
fn related_list_inside_the_body() {
    check(
        "市一院三个专科入选省级名单\n2023-02-01 10:00 来源：某某晚报\n\n记者昨日获悉，市第一人民医院骨科、儿科、眼科入选省级临床重点专科名单，数量居全市第一，创下历史新高。据介绍，此次评审历时半年，全省共有二百多家医院参与，竞争激烈，最终入选者不足三成，可谓来之不易。\n\n相关阅读：\n丁市中医院脑病科获批国家重点专科\n戊县医院妇产科通过验收\n\n据医院介绍，三个科室近年来不断加强人才培养，引进博士十余名，开展新技术三十余项。\n\n下一步，医院将继续加大投入，争取早日建成区域医疗中心，更好地服务群众，让群众少跑腿。\n",
        Expected {
            title: "市一院三个专科入选省级名单",
            published: Some("2023-02-01"),
            text: &["记者昨日获悉", "据医院介绍，三个科室", "下一步，医院将继续"],
            noise: &["丁市中医院脑病科", "戊县医院妇产科"],
            ..Expected::default()
        },
    );
}

#[test]
fn box_of_the_article_under_a_doubtful_heading() {
    check(
        "市二院开设疼痛门诊\n时间：2021-06-01 来源：某某日报\n6月1日起，市第二人民医院开设疼痛门诊，周一至周五应诊。\n相关链接\n市第二人民医院疼痛科成立于2010年，是市级临床重点专科，现有床位三十张。\n",
        Expected {
            title: "市二院开设疼痛门诊",
            published: Some("2021-06-01"),
            text: &["相关链接", "疼痛科成立于2010年，是市级临床重点专科"],
            ..Expected::default()
        },
    );
}

#[test]
fn lists_above_the_headline() {
    check(
        "某某医院\n热点信息\n己市医院心内科获批省级重点专科 11-21\n庚县医院新门诊楼启用 11-20\n\n当前位置：首页 > 医院新闻\n我院儿科开展暑期义诊\n发布时间：2022-07-10\n7月9日，我院儿科医护人员走进社区，为三百余名儿童义诊。",
        Expected {
            title: "我院儿科开展暑期义诊",
            published: Some("2022-07-10"),
            text: &["7月9日，我院儿科医护人员"],
            noise: &["己市医院心内科", "庚县医院新门诊楼"],
            ..Expected::default()
        },
    );
}

#[test]
fn dates_that_are_not_of_publication() {
    check(
        "市妇幼保健院举办孕妇学校开放日\n\n活动时间：2023年8月1日\n活动地点：门诊三楼\n\n我院将举办孕妇学校开放日，欢迎广大孕妈妈参加。医院始建于1952年10月1日。\n\nCopyright 2010-2023 某某市妇幼保健院 2009年3月1日开通",
        Expected {
            title: "市妇幼保健院举办孕妇学校开放日",
            published: None,
            text: &["活动时间：2023年8月1日", "欢迎广大孕妈妈参加"],
            ..Expected::default()
        },
    );
    check(
        "我院举行揭牌仪式\n\n2023年8月18日，市领导为我院授牌\n\n我院今日举行揭牌仪式，市领导出席。这是我院发展史上的大事。\n\n2023年9月1日，首批专家到院坐诊",
        Expected {
            title: "我院举行揭牌仪式",
            published: None,
            text: &["首批专家到院坐诊"],
            ..Expected::default()
        },
    );
}

#[test]
fn signatures() {
    for (signature, published, year) in [
        ("某某县人民医院\n2023年5月6日", Some("2023-05-06"), Some(2023)),
        ("宣传科 2023年5月6日", Some("2023-05-06"), Some(2023)),
        ("（2023年5月6日）", Some("2023-05-06"), Some(2023)),
        ("某某县卫生健康局\n二〇二三年五月六日\n\n（此件公开发布）", Some("2023-05-06"), Some(2023)),
        ("某某县卫生健康局\n２０２３年５月６日", Some("2023-05-06"), Some(2023)),
        ("某某县卫生健康局\n民國112年5月6日", Some("2023-05-06"), Some(2023)),
        ("某某县卫生健康局\n二〇二三年五月", None, Some(2023)),
        ("某某县卫生健康局\n2023年2月30日", None, None),
        ("某某县卫生健康局办公室 2023年5月6日印发", None, None),
    ] {
        let page = format!(
            "某某县公布县级临床重点专科名单\n\n各单位：\n\n经评审，确定骨科等为县级临床重点专科。\n\n{signature}"
        );
        check(
            &page,
            Expected {
                title: "某某县公布县级临床重点专科名单",
                published,
                year,
                text: &["经评审"],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn a_printed_day_wins_over_the_signature() {
    check(
        "关于成立质控中心的通知\n发布时间：2022-03-09\n经研究，成立质控中心。\n某某市卫健委\n2022年3月1日",
        Expected {
            title: "关于成立质控中心的通知",
            published: Some("2022-03-09"),
            text: &["2022年3月1日"],
            ..Expected::default()
        },
    );
}

#[test]
fn reprint_note_carries_the_day() {
    check(
        "援疆医生的一天\n\n清晨七点，他走进病房。查房、手术、带教，一天就这样开始了。\n\n（原载《某某卫生报》2024年3月9日第2版）",
        Expected { title: "援疆医生的一天", published: Some("2024-03-09"), ..Expected::default() },
    );
}

#[test]
fn bylines_of_many_makes() {
    for (byline, published, source) in [
        ("2023-05-06 08:30:00 来源：健康报 作者：张某", Some("2023-05-06"), Some("健康报")),
        (
            "发布时间：2023年05月06日 信息来源：市卫健委 【字体：大 中 小】",
            Some("2023-05-06"),
            Some("市卫健委"),
        ),
        ("[2023/05/06] [来源：宣传科] [浏览：33]", Some("2023-05-06"), Some("宣传科")),
        ("日期：23-05-06 点击：12", Some("2023-05-06"), None),
        ("来源：宣传科 | 发布时间：2023.05.06 | 浏览量：8", Some("2023-05-06"), Some("宣传科")),
        ("作者：李某 时间：2023年5月6日 15:20 阅读：9", Some("2023-05-06"), None),
        ("发表时间：2023-05-06T08:30:00+08:00", Some("2023-05-06"), None),
        ("二〇二三年五月六日 来源：某某日报", Some("2023-05-06"), Some("某某日报")),
        ("某某日报 2023-05-06 07:11", Some("2023-05-06"), None),
        ("更新时间：2023-05-06 来源：院办", Some("2023-05-06"), Some("院办")),
        ("２０２３－０５－０６　来源：院办", Some("2023-05-06"), Some("院办")),
        ("来源：院办 作者：王某", None, Some("院办")),
        ("發佈日期：2023-05-06　記者：陳某", Some("2023-05-06"), None),
        ("2023年5月6日 星期六 上午 9:15", Some("2023-05-06"), None),
        ("发布日期：2023-13-45 来源：院办", None, Some("院办")),
    ] {
        let page = format!(
            "我院成功开展首例机器人手术\n{byline}\n近日，我院成功开展首例机器人辅助手术，患者恢复良好。"
        );
        check(
            &page,
            Expected {
                title: "我院成功开展首例机器人手术",
                published,
                source,
                noise: &[byline],
                text: &["患者恢复良好"],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn headlines_of_many_makes() {
    for (page, title) in [
        ("# 我院骨科获批省级重点专科\n\n近日，我院骨科获批。", "我院骨科获批省级重点专科"),
        (
            "首页\n新闻\n党建引领 凝心聚力 担当作为 服务群众 再谱新篇\n2022-01-01 来源：党办\n近日，我院召开会议。",
            "党建引领 凝心聚力 担当作为 服务群众 再谱新篇",
        ),
        (
            "某某市人民医院\n厚德 精医 仁爱 奉献\n国家卫健委领导视察某某市人民医院\n来源：院办 2022-01-01\n近日，领导视察我院。",
            "国家卫健委领导视察某某市人民医院",
        ),
        (
            "重磅！全省首例！市一院成功完成经导管三尖瓣修复手术，患者三天即可下床，这项技术填补了本地空白！你还不知道吗？\n2022-01-01 来源：院办\n近日，手术完成。患者恢复良好，已经出院。",
            "重磅！全省首例！市一院成功完成经导管三尖瓣修复手术，患者三天即可下床，这项技术填补了本地空白！你还不知道吗？",
        ),
        ("我院获奖\n近日，我院获奖。全院职工备受鼓舞，纷纷表示再接再厉。", "我院获奖"),
        (
            "“白衣执甲”显担当\n——记某某县医院援沪医疗队\n2022-04-20 某某日报\n4月的上海，一支队伍在奋战。",
            "“白衣执甲”显担当",
        ),
        ("3.0T磁共振落户我院\n2022-04-20 某某日报\n昨日，设备到院。", "3.0T磁共振落户我院"),
        (
            "通知公告\n关于调整门诊时间的公告\n\n尊敬的患者：\n\n自下周起，门诊时间调整为八点。请互相转告。\n\n某某医院\n2022年4月20日",
            "关于调整门诊时间的公告",
        ),
    ] {
        check(page, Expected { title, published: common::ANY, ..Expected::default() });
    }
}

#[test]
fn what_stays_in_the_text() {
    check(
        "某某县公布县级重点专科名单\n2023-05-06 来源：某某县卫健局\n\n县卫健局日前公布名单，共有三个专科入选。\n\n分享到：微信 微博\n\n附件：\n县人民医院骨科\n县中医院针灸科\n县妇幼保健院儿科\n\n联系人：王某  联系电话：0900-0000000\n地址：某某县某路2号\n",
        Expected {
            title: "某某县公布县级重点专科名单",
            published: Some("2023-05-06"),
            text: &[
                "县人民医院骨科",
                "县中医院针灸科",
                "县妇幼保健院儿科",
                "联系人：王某",
                "地址：某某县某路2号",
            ],
            noise: &["分享到：微信 微博"],
            ..Expected::default()
        },
    );
    check(
        "2023年度重点专科评审结果\n发布时间：2023-05-06\n\n单位    专科    级别\n县医院    骨科    市级\n县中医院    儿科    县级\n\n县医院\n骨科\n市级\n\n（此件公开发布）",
        Expected {
            title: "2023年度重点专科评审结果",
            published: Some("2023-05-06"),
            text: &["单位    专科    级别", "县医院    骨科    市级", "县医院\n骨科\n市级"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_date_above_the_headline() {
    check(
        "2024年7月9日 星期二 欢迎访问某某网\n首页 新闻 专题\n市医院新增两个重点专科\n来源：宣传科\n近日，市医院新增两个重点专科。",
        Expected { title: "市医院新增两个重点专科", published: None, ..Expected::default() },
    );
    check(
        "某某日报\n2023年06月15日 星期四 第A06版\n市医院新增两个重点专科\n近日，市医院新增两个重点专科。",
        Expected {
            title: "市医院新增两个重点专科", published: Some("2023-06-15"), ..Expected::default()
        },
    );
}

#[test]
fn words_of_furniture_inside_the_body() {
    check(
        "市医院十大新闻\n2023-01-15 某某日报\n过去一年，市医院交出亮眼答卷。\n关键词：担当\n援沪医疗队整建制接管病区。\n开通在线咨询\n线上服务让群众少跑腿。\n种植牙限时优惠 http://www.example.com/\n新的一年，再出发。\n关键词：医院 新闻",
        Expected {
            title: "市医院十大新闻",
            published: Some("2023-01-15"),
            text: &["关键词：担当", "开通在线咨询", "再出发"],
            noise: &["关键词：医院 新闻", "种植牙限时优惠"],
            ..Expected::default()
        },
    );
}

#[test]
fn teasers_under_an_unknown_heading() {
    check(
        "市医院新增两个重点专科\n2023-06-15 某某日报\n近日，市医院新增两个重点专科，分别是骨科和儿科。\n（记者 王某）\n同城健康\n甲市医院骨科获批国家重点专科\n乙县医院召开职工大会\n丙市中医院专家来我县坐诊",
        Expected {
            title: "市医院新增两个重点专科",
            published: Some("2023-06-15"),
            text: &["分别是骨科和儿科", "（记者 王某）"],
            noise: &["甲市医院骨科获批国家重点专科", "同城健康", "丙市中医院专家"],
            ..Expected::default()
        },
    );
    check(
        "市医院新增两个重点专科\n2023-06-15 某某日报\n近日，市医院新增两个重点专科，分别是骨科和儿科。\n编辑：王某\n附：历年名单\n2019年获批：眼科、产科\n2020年获批：肾内科、针灸科\n甲县医院骨科\n乙县医院儿科",
        Expected {
            title: "市医院新增两个重点专科",
            published: Some("2023-06-15"),
            text: &["2019年获批：眼科、产科", "乙县医院儿科"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_text_without_a_headline() {
    check(
        "近日，省卫生健康委公布名单，甲市医院骨科等八个专科入选，为历年之最，覆盖全市各县区。下一步将加强建设，不断提高服务水平，让群众在家门口看得好病、看得起病，真正享受到改革发展的成果，为健康中国贡献力量。",
        Expected {
            title: "", published: None, text: &["甲市医院骨科等八个专科入选"], ..Expected::default()
        },
    );
}

#[test]
fn a_departments_own_page() {
    let page = |under: &str| {
        format!(
            "某市第二医院\n德为先  术为精\n首页 > 科室介绍 > 临床科室 > 肾病科\n肾病科\n{under}\n某市第二医院肾病科由1962年的内科病房发展而来，开放床位八十张。\n2009年  某市重点专科"
        )
    };
    for under in
        ["一、科室概况", "【科室简介】", "科室电话：0517-1234567    位置：3号楼", "门诊热线：(0517)1234567"]
    {
        check(&page(under), Expected { title: "肾病科", ..Expected::default() });
    }
}

#[test]
fn a_column_of_a_site_is_no_headline() {
    check(
        "某某中医药在线 · 领导讲话\n在肾病科建设启动会上的致辞\n某州中医医院党委书记　　李某某\n尊敬的各位领导：\n今天，我们在这里举行启动会，我代表医院表示欢迎。\n2024年3月19日",
        Expected {
            title: "在肾病科建设启动会上的致辞",
            published: Some("2024-03-19"),
            ..Expected::default()
        },
    );
}

#[test]
fn a_paper_a_day_and_its_reporters_in_one_line() {
    for line in [
        "某某日报 2023年04月26日 星期三　本报记者 余 某 通讯员 柯某某",
        "某某晚报 2023-04-26 本报记者 李某某",
        "某某日报 2023年4月26日 记者 王某某 通讯员 张某",
    ] {
        let page = format!("专科强起来\n市医院新增两个重点专科\n{line}\n近日，市医院新增两个重点专科。");
        check(
            &page,
            Expected {
                title: "市医院新增两个重点专科",
                published: Some("2023-04-26"),
                ..Expected::default()
            },
        );
    }
}

#[test]
fn ten_of_a_kind_are_a_headline() {
    check(
        "首页 新闻 专题\n2022年度十大医院新闻\n2022-12-30\n1.某州中医医院某科成为国家中医优势专科建设单位\n2.新院区封顶\n3.援沪队员凯旋，受到热烈欢迎。",
        Expected {
            title: "2022年度十大医院新闻", published: Some("2022-12-30"), ..Expected::default()
        },
    );
}

#[test]
fn a_portals_tools_behind_its_day() {
    for line in [
        "某某人才网 2022-05-18   收藏   打印   纠错",
        "某某在线 2022-05-18 【我要收藏】【打印本页】",
        "某某新闻网 2022-05-18 08:15 | 字号：大 中 小 | 分享",
    ] {
        check(
            &format!("我院骨科获批省级临床重点专科\n{line}\n近日，省卫生健康委公布名单，我院骨科入选。"),
            Expected {
                title: "我院骨科获批省级临床重点专科",
                published: Some("2022-05-18"),
                text: &["近日，省卫生健康委公布名单"],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn a_days_programme_is_no_byline() {
    check(
        "我院举办骨科论坛\n近日，我院举办骨科论坛，议程如下。\n主会场 2022-05-18 开幕 致辞 讲座 讨论\n欢迎各位同道参加这次论坛。",
        Expected {
            title: "我院举办骨科论坛",
            published: None,
            text: &["2022-05-18 开幕"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_papers_line_with_its_buttons_above_the_pages_headlines() {
    check(
        "江岸晚报　2022年08月15日　星期一　第A07版　周一访谈　上一版 下一版 版面导航 标题导航\n■ 抢出来的四个半小时\n■ 邻市一科室再添招牌\n■ 秋季进补三问\n人物\n抢出来的四个半小时\n本报记者 顾某\n约了三次，才在电梯口见到这位主任，他在医院干了二十七年。",
        Expected {
            title: "抢出来的四个半小时",
            published: Some("2022-08-15"),
            text: &["约了三次，才在电梯口见到这位主任"],
            ..Expected::default()
        },
    );
    check(
        "江岸市人民医院　2022年08月15日　星期一　欢迎您　上一页 下一页 网站导航\n■ 抢出来的四个半小时\n■ 邻市一科室再添招牌\n■ 秋季进补三问\n抢出来的四个半小时\n约了三次，才在电梯口见到这位主任，他在医院干了二十七年。",
        Expected {
            title: "抢出来的四个半小时",
            published: None,
            text: &["约了三次，才在电梯口见到这位主任"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_paper_with_its_page_by_letter() {
    check(
        "某某日报 数字报   A02 要闻   2024年1月24日 星期三\n家门口的好专科越来越多\n轨交S1线客流再创新高\n\n家门口的好专科越来越多\n记者 顾某\n昨天，记者从市卫健委了解到，我市重点专科建设成果丰硕。",
        Expected {
            title: "家门口的好专科越来越多",
            published: Some("2024-01-24"),
            text: &["重点专科建设成果丰硕"],
            ..Expected::default()
        },
    );
    check(
        "某某市人民医院 欢迎您   2024年1月24日 星期三\n首页 医院概况 新闻中心\n家门口的好专科越来越多\n我市重点专科建设成果丰硕。",
        Expected {
            title: "家门口的好专科越来越多",
            published: None,
            text: &["重点专科建设成果丰硕"],
            ..Expected::default()
        },
    );
}
