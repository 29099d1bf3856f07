/// What people in one trade have in common, for making realistic resumes.
struct Profession: Sendable {
    /// Junior first.
    let titles: [String]
    let employers: [String]
    /// The first ones are those that jobs ask for.
    let skills: [String]
    let duties: [String]
    /// Lowest first.
    let degrees: [String]
    let schools: [String]
    let places: [String]
}

extension Profession {
    static let backend = Profession(
        titles: ["Software Developer", "Backend Engineer", "Senior Backend Engineer"],
        employers: ["Brightwave Systems", "Kestrel Payments", "Orbital Data", "Fernweh Travel", "Polaris Banking Software"],
        skills: ["Swift", "PostgreSQL", "Linux", "Docker", "Redis", "Kubernetes", "Go", "Python", "gRPC", "REST APIs", "Git", "Kafka"],
        duties: [
            "Cut the p99 latency of the booking service from 900 to 140 ms by rewriting its slowest queries.",
            "Moved 40 services from virtual machines to Kubernetes without an outage.",
            "Designed the tenant isolation of a PostgreSQL schema used by 300 customers.",
            "Introduced contract tests between five teams; incidents after releases fell by half.",
            "Mentored two junior developers and ran the weekly design review.",
        ],
        degrees: ["Bachelor of Science in Computer Science", "Master of Science in Computer Science"],
        schools: ["Technical University of Berlin", "University of Porto", "Delft University of Technology", "University of Warsaw"],
        places: ["Berlin, Germany", "Hamburg, Germany", "Porto, Portugal", "Warsaw, Poland", "Amsterdam, Netherlands"]
    )

    static let frontend = Profession(
        titles: ["Web Developer", "Frontend Developer", "Senior Frontend Engineer"],
        employers: ["Pixelhaus", "Fernweh Travel", "Lumen Media", "Cartwheel Commerce"],
        skills: ["TypeScript", "React", "CSS", "HTML", "Accessibility", "Jest", "GraphQL", "Node.js", "Webpack", "Figma"],
        duties: [
            "Rebuilt the checkout in React and TypeScript; conversion rose by 6 percent.",
            "Brought the main journeys to WCAG 2.2 AA and kept them there with automated checks.",
            "Halved the bundle size by splitting routes and dropping two libraries.",
            "Built the component library that four product teams use.",
        ],
        degrees: ["Diploma in Web Development", "Bachelor of Arts in Media Informatics"],
        schools: ["Berlin University of Applied Sciences", "University of Barcelona", "Aalto University"],
        places: ["Berlin, Germany", "Barcelona, Spain", "Helsinki, Finland", "Leipzig, Germany"]
    )

    static let reliability = Profession(
        titles: ["System Administrator", "DevOps Engineer", "Site Reliability Engineer"],
        employers: ["Orbital Data", "Nordic Hosting", "Kestrel Payments", "Brightwave Systems"],
        skills: ["Kubernetes", "Terraform", "Linux", "Prometheus", "PostgreSQL", "AWS", "Ansible", "Python", "Grafana", "Docker"],
        duties: [
            "Ran 120 PostgreSQL clusters with automated failover and tested restores every week.",
            "Wrote the Terraform modules for three regions; a new region takes a day now.",
            "Led incident reviews without blame; repeat incidents fell from nine to two a quarter.",
            "Cut the cloud bill by a third by right-sizing and spot capacity.",
        ],
        degrees: ["Bachelor of Science in Information Technology", "Master of Science in Computer Engineering"],
        schools: ["KTH Royal Institute of Technology", "Budapest University of Technology", "University of Nairobi"],
        places: ["Stockholm, Sweden", "Budapest, Hungary", "Berlin, Germany", "Nairobi, Kenya"]
    )

    static let analysis = Profession(
        titles: ["Junior Data Analyst", "Data Analyst", "Senior Data Analyst"],
        employers: ["Lumen Media", "Cartwheel Commerce", "Polaris Banking Software", "City of Utrecht"],
        skills: ["SQL", "Python", "Tableau", "Statistics", "Excel", "dbt", "Power BI", "Pandas", "A/B Testing"],
        duties: [
            "Built the weekly demand forecast that purchasing plans by.",
            "Designed and read forty A/B tests; wrote the guide others now follow.",
            "Replaced 200 spreadsheets by one model in dbt with tests.",
        ],
        degrees: ["Bachelor of Science in Statistics", "Master of Science in Data Science"],
        schools: ["University of Amsterdam", "Seoul National University", "University of Vienna"],
        places: ["Berlin, Germany", "Amsterdam, Netherlands", "Vienna, Austria"]
    )

    static let design = Profession(
        titles: ["UX Designer", "Product Designer", "Senior Product Designer"],
        employers: ["Pixelhaus", "Studio Tangram", "Fernweh Travel"],
        skills: ["Figma", "User Research", "Prototyping", "Interaction Design", "Design Systems", "Usability Testing", "Wireframing"],
        duties: [
            "Redesigned the planning board after visits to six terminals; support tickets fell by 40 percent.",
            "Set up the design system and its review.",
            "Tested prototypes with dispatchers on night shift, where they work.",
        ],
        degrees: ["Bachelor of Arts in Interaction Design", "Master of Arts in Design"],
        schools: ["Köln International School of Design", "Politecnico di Milano", "Design Academy Eindhoven"],
        places: ["Berlin, Germany", "Milan, Italy", "Eindhoven, Netherlands"]
    )

    static let sales = Profession(
        titles: ["Sales Development Representative", "Account Executive", "Senior Account Executive"],
        employers: ["Kestrel Payments", "Polaris Banking Software", "Meadow CRM", "Lumen Media"],
        skills: ["B2B Sales", "Negotiation", "Salesforce", "Lead Generation", "Account Management", "Forecasting", "CRM", "Cold Calling"],
        duties: [
            "Closed 1.9 million euros of new business in a year, 128 percent of target.",
            "Won the first three port operators as customers.",
            "Built a partner channel that brings a quarter of all leads.",
        ],
        degrees: ["Diploma in Business Administration", "Bachelor of Arts in International Business"],
        schools: ["Copenhagen Business School", "University of Mannheim", "Lagos Business School"],
        places: ["Berlin, Germany", "Copenhagen, Denmark", "Munich, Germany"]
    )

    static let support = Profession(
        titles: ["Customer Service Agent", "Customer Support Specialist", "Support Team Lead"],
        employers: ["Fernweh Travel", "Nordic Hosting", "Cartwheel Commerce"],
        skills: ["Customer Service", "Zendesk", "Technical Support", "English", "German", "Troubleshooting", "SQL", "Documentation"],
        duties: [
            "Answered sixty tickets a day with a satisfaction of 96 percent.",
            "Wrote 80 help articles; a fifth of the questions no longer comes in.",
            "Trained eleven new colleagues.",
        ],
        degrees: ["High School Diploma", "Bachelor of Arts in Communication"],
        schools: ["University of Leipzig", "University of Zagreb", "Open University"],
        places: ["Berlin, Germany", "Leipzig, Germany", "Zagreb, Croatia"]
    )
}
