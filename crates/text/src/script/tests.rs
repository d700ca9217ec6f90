use super::*;

fn check(input: &str, expected: &str) {
    assert_eq!(unify(input).text(), expected, "{input}");
}

#[test]
fn traditional_becomes_simplified() {
    check("北京大學第一醫院", "北京大学第一医院");
    check("臺北榮民總醫院獲評國家臨床重點專科", "台北荣民总医院获评国家临床重点专科");
    check("雷射治療", "激光治疗");
    check("隨身碟", "U盘");
    check("核心醫院的指標", "核心医院的指标");
    check("綠色通道啟用，遠端醫療與胃遠端切除", "绿色通道启用，远程医疗与胃远端切除");
    check("蚌埠醫學院", "蚌埠医学院");
    check("人工智慧與智慧醫院", "人工智能与智慧医院");
    check("ＩＣＵ病房１２張", "ICU病房12张");
}

#[test]
fn simplified_stays() {
    for text in ["乾隆年间著名的于丹", "只有三只狗", "里程碑", "停用的代码", "瞭望，後", "昇辉医院"]
    {
        assert!(unify(text).is_identity(), "{text}");
    }
}

#[test]
fn mixed_text_changes_only_what_is_traditional() {
    check("这是臺灣的医院，著名", "这是台湾的医院，著名");
    check("医院停用了舊设备", "医院停用了旧设备");
    check("台灣的醫院\n我们的医院停用著作", "台湾的医院\n我们的医院停用著作");
}

#[test]
fn ranges_lead_back() {
    let text = "醫生用隨身碟和雷射印表機，ＣＴ檢查";
    let unified = unify(text);
    for (piece, original) in [
        ("医生", "醫生"),
        ("U盘", "隨身碟"),
        ("U", "隨身碟"),
        ("和", "和"),
        ("激光", "雷射"),
        ("打印机", "印表機"),
        ("CT", "ＣＴ"),
        ("检查", "檢查"),
    ] {
        let at = unified.text().find(piece).unwrap_or_else(|| panic!("{piece} in {}", unified.text()));
        assert_eq!(&text[unified.original(at..at + piece.len())], original);
    }
    assert_eq!(unified.original(0..unified.text().len()), 0..text.len());
    assert_eq!(unified.original(3..3), 3..3);
    assert_eq!(unified.original(0..999), 0..text.len());
}

/// Unifies with one converter and with the other.
#[cfg(all(feature = "opencc", feature = "ferrous"))]
#[test]
fn both_converters_agree() {
    let mut texts: Vec<String> = [
        "臺大醫院心臟血管科以雷射治療攝護腺肥大，影像醫學科的行程",
        "後來於乾隆年間著書；瞭望塔裡的髮廊",
        "隨身碟與滑鼠，台灣的資訊品質",
        "中國人民解放軍總醫院獲評國家臨床重點專科",
        "麵條、面子、鐘錶、鍾情",
    ]
    .map(str::to_owned)
    .into();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/articles");
    match std::fs::read_dir(folder) {
        Ok(files) => texts.extend(files.map(|file| {
            crate::decode(&std::fs::read(file.expect("listed").path()).expect("readable"), None).text
        })),
        Err(error) => eprintln!("SKIPPED: {folder}: {error}; the converters are compared without the corpus"),
    }
    for text in texts {
        let (cpp, rust) =
            (unify_by(&text, converter::opencc::convert), unify_by(&text, converter::ferrous::convert));
        assert_eq!(cpp.text(), rust.text());
    }
}

#[test]
fn without_dictionaries_characters_are_still_unified() {
    let missing = |_: &str| Err(Error::Converter { config: "tw2sp.json", reason: "not there".to_owned() });
    let unified = unify_by("臺北的醫院，隨身碟", missing);
    assert_eq!(unified.text(), "台北的医院，随身碟");
}

/// Whatever is not handed to the converter, it would have converted just so.
#[test]
fn pieces_are_converted_as_the_converter_does() {
    let check = |text: &str| {
        for piece in runs(text, |c| Entry::of(c).class() != CharClass::Other) {
            if wording::find(piece).is_none() {
                let mut builder = Builder::new(piece);
                islands::convert(piece, converter::remembered, &mut builder);
                let ours = builder.finish();
                assert_eq!(Ok(ours.text()), converter::convert(&narrow_str(piece)).as_deref(), "{piece}");
            }
        }
    };
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        check(&c.to_string());
    }
    check("臺北榮民總醫院獲評國家臨床重點專科，後來於乾隆年間著書；ＩＣＵ病房１２張。麵條與鐘錶");
    let phrases = include_str!("../../data/phrases.tsv").lines().filter(|line| !line.starts_with('#'));
    let phrases: Vec<Vec<char>> = phrases.map(|phrase| phrase.chars().collect()).collect();
    let letters: Vec<char> = (0x4e00..0xa000).filter_map(char::from_u32).collect();
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    // Phrases behind one another, cut short at both ends, with strange characters between them: what no dictionary foresaw.
    for _ in 0..100_000 {
        let mut piece = String::new();
        for _ in 0..=random(4) {
            let phrase = &phrases[random(phrases.len())];
            let from = [0, 0, 0, random(phrase.len())][random(4)];
            let to = [phrase.len(), phrase.len(), from + random(phrase.len() - from + 1)][random(3)];
            piece.extend(&phrase[from..to]);
            if random(3) == 0 {
                piece.push(letters[random(letters.len())]);
            }
        }
        check(&piece);
    }
}

/// A phrase that comes about by another's conversion, across its edge.
#[test]
fn phrases_across_the_edges_of_others() {
    for piece in ["溢位醜狼藉", "豐覆檔案", "豐半形徵羽", "覆資訊"] {
        let mut builder = Builder::new(piece);
        islands::convert(piece, converter::remembered, &mut builder);
        assert_eq!(Ok(builder.finish().text()), converter::convert(piece).as_deref(), "{piece}");
    }
}
