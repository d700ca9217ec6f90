//! Indexes a program's own structs and finds them again. Run with `cargo run -p xinglin --example own_structs`.

use xinglin::{Index, Ingest, NewArticle, SearchRequest};

/// What an intranet's database holds.
struct Notice {
    number: u32,
    headline: &'static str,
    body: &'static str,
    day: &'static str,
}

impl From<&Notice> for NewArticle {
    fn from(notice: &Notice) -> NewArticle {
        NewArticle::new(notice.number.to_string(), notice.body).title(notice.headline).published(notice.day)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let notices = [
        Notice {
            number: 17,
            headline: "市第一人民医院眼科获批省级临床重点专科",
            body: "日前,浙江省卫生健康委员会公布名单,绍兴市第一人民医院眼科获批省级临床重点专科。",
            day: "2024-03-05",
        },
        Notice {
            number: 18,
            headline: "下周义诊安排",
            body: "下周二上午,绍兴市第一人民医院眼科、内分泌科在社区义诊。",
            day: "2024-03-08",
        },
    ];
    let dir = tempfile::tempdir()?;
    let report = Ingest::into(dir.path()).articles("intranet", notices.iter().map(NewArticle::from))?;
    println!("{} notices indexed", report.indexed);
    assert_eq!(report.indexed, 2);

    let index = Index::open(dir.path())?;
    let answer = index.search(&SearchRequest::new("义诊"))?;
    println!("义诊: {} ({})", answer.hits[0].title, answer.hits[0].id);
    assert_eq!((answer.total, answer.hits[0].id.as_str()), (1, "18"));

    // Given again under its number, a notice replaces the one that was there.
    let moved = Notice { body: "义诊改到周三。", ..notices[1] };
    Ingest::into(dir.path()).articles("intranet", [NewArticle::from(&moved)])?;
    index.reload()?;
    assert_eq!(index.search(&SearchRequest::new("周三"))?.total, 1);
    assert_eq!(index.search(&SearchRequest::new("\"下周二\""))?.total, 0);
    Ok(())
}
