//! Names of places, peoples, offices and departments as Hong Kong, Macau and Taiwan print them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[test]
fn names_keep_to_the_mainland() {
    for (printed, expected) in [
        ("中衞市人民醫院獲評", "中卫市人民医院获评"),
        ("省衞生健康委公佈", "省卫生健康委公布"),
        ("公共衞生與精神衞生中心", "公共卫生与精神卫生中心"),
        ("敍州區人民醫院", "叙州区人民医院"),
        ("伊犁哈薩克自治州友誼醫院", "伊犁哈萨克自治州友谊医院"),
        ("木壘哈薩克自治縣中醫醫院", "木垒哈萨克自治县中医医院"),
        ("阿克塞哈薩克族自治縣醫院", "阿克塞哈萨克族自治县医院"),
        ("塔什庫爾干塔吉克自治縣人民醫院", "塔什库尔干塔吉克自治县人民医院"),
        ("乾安縣人民醫院與乾縣人民醫院", "乾安县人民医院与乾县人民医院"),
        ("哈薩克醫科獲批", "哈萨克医科获批"),
    ] {
        let page = format!("{printed}，醫務人員歡欣鼓舞。");
        let unified = xinglin_text::unify(&page);
        assert_eq!(unified.text(), format!("{expected}，医务人员欢欣鼓舞。"));
    }
}
