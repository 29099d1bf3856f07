extension DocumentationPage {
    static let style = """
        :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --accent: #2563eb; }
        * { box-sizing: border-box; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
        header { position: sticky; top: 0; background: Canvas; border-bottom: 1px solid var(--line); padding: 1rem 1.5rem; z-index: 1; }
        h1 { font-size: 1.25rem; margin: 0; }
        header p { margin: .25rem 0 .5rem; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; font-size: .875rem; margin-top: .5rem; }
        a { color: var(--accent); }
        input { width: 100%; max-width: 40rem; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .375rem; }
        main { padding: 0 1.5rem 4rem; max-width: 70rem; }
        section { scroll-margin-top: 13rem; }
        h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
        h3 { font-size: .875rem; margin: 1rem 0 .25rem; }
        details { border: 1px solid var(--line); border-radius: .375rem; margin: .375rem 0; padding: .4rem .75rem; }
        summary { cursor: pointer; }
        summary span:last-child { opacity: .75; }
        .method { display: inline-block; min-width: 4.5rem; font-weight: 600; font-size: .8rem; }
        .get { color: #15803d; } .post { color: #b45309; } .put, .patch { color: #7c3aed; } .delete { color: #b91c1c; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; }
        td { border-top: 1px solid var(--line); padding: .25rem .5rem .25rem 0; vertical-align: top; }
        pre { overflow: auto; font-size: .8rem; border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; max-height: 24rem; }
        [hidden] { display: none; }
        """

    static let script = """
        "use strict";
        const search = document.getElementById("search");
        const entries = [...document.querySelectorAll("details")].map(element => ({ element, text: element.textContent.toLowerCase() }));
        search.addEventListener("input", () => {
          const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
          for (const { element, text } of entries) element.hidden = !words.every(word => text.includes(word));
          for (const section of document.querySelectorAll("section")) section.hidden = !section.querySelector("details:not([hidden])");
        });
        """
}
