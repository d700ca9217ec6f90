//! A search inside another program: an index opened once, asked by several threads, with facets and records.
//! Run with `cargo run -p xinglin --example embed -- INDEX QUERY`; without arguments it indexes two articles of its own.

use std::path::PathBuf;

use xinglin::{FacetField, Index, Ingest, NewArticle, RecordRequest, SearchRequest};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let scratch = tempfile::tempdir()?;
    let dir = match arguments.next() {
        Some(dir) => PathBuf::from(dir),
        None => {
            Ingest::into(scratch.path()).articles("demo", demo_articles())?;
            scratch.path().to_owned()
        }
    };
    let query = arguments.next().unwrap_or_else(|| "國家臨床重點專科".to_owned());

    let index = Index::open(&dir)?;
    // An open index is shared by reference: no lock, no copy.
    std::thread::scope(|scope| {
        for (name, field) in [("regions", FacetField::Region), ("years", FacetField::Year)] {
            let (index, query) = (&index, &query);
            scope.spawn(move || match index.search(&SearchRequest::new(query).limit(3).facet(field)) {
                Ok(answer) => {
                    let counts = answer.facets.unwrap_or_default();
                    println!("{query}: {} articles; {name}: {:?}", answer.total, counts.0);
                }
                Err(error) => eprintln!("{error}"),
            });
        }
    });
    for title in index.records(&RecordRequest::new(""))?.records {
        println!(
            "{} {} {} {:?}: {}",
            title.institution, title.specialty, title.level, title.year, title.evidence.text
        );
    }
    Ok(())
}

fn demo_articles() -> [NewArticle; 2] {
    [
        NewArticle::new(
            "a",
            "近日,陕西省卫生健康委公布名单,汉中市中心医院骨科获批国家临床重点专科建设项目。",
        )
        .title("汉中市中心医院骨科获批国家临床重点专科建设项目")
        .published("2023-07-17"),
        NewArticle::new("b", "日前,宜昌市中心人民医院消化内科入選國家臨床重點專科建設項目。")
            .title("宜昌市中心人民医院消化内科入選國家臨床重點專科建設項目")
            .published("2022-11-02"),
    ]
}
