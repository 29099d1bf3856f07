import Documents
import ResumeParsing
import Testing

@Suite struct ResumeNameTests {
    private static let people = [
        ("Maria Lindqvist", "maria.lindqvist@people.example"), ("Jonas Weber", "jw1984@people.example"),
        ("Emily Baker", "ebaker@x.example"),
        ("José María de la Cruz y Ortega", "jm@x.example"), ("Fatima al-Zahra bint Omar", "fatima@x.example"),
        ("Jean-Baptiste d'Arcy", "jb@x.example"), ("Matthias Krüger", "krueger@x.example"),
    ]

    @Test(arguments: [
        "CURRICULUM VITAE", "Functional Resume Sample", "Lebenslauf", "LEBENSLAUF", "Hoja de vida", "HOJA DE VIDA", "Profile",
        "PROFILE", "Personal Details", "Persönliche Daten", "Bewerbung", "Bewerbung als Projektleiterin", "Bewerbungsunterlagen",
        "Technische Universität München", "Contoso Recruiting GmbH", "University of Oxford", "Résumé", "Currículum", "Currículo",
        "Życiorys", "Curriculum Vitae et Studiorum", "Datos personales", "Dados pessoais", "Informations personnelles",
        "Persoonlijke gegevens", "Dane osobowe", "Dati personali", "Cover Letter", "Europass CV", "Sample Resume",
        "Professional Summary", "Tabellarischer Lebenslauf", "Candidate Profile", "Curriculum Vitae 2026", "L E B E N S L A U F",
        "Contoso Ltd", "Fabrikam Consulting", "Confidential", "Personalbogen", "Kurzprofil", "Application for Employment",
        "Stadtwerke Hagen", "Massachusetts Institute of Technology", "Hays Recruitment", "Harvard Business School",
        "St. Mary's Hospital", "Curriculum vitae (CV)", "My Resume", "Deckblatt", "Sollicitatiebrief", "Perfil profesional",
        "Sobre mí", "Über mich", "About Me", "CV Europeo", "Modelo de currículum", "Senior Software Engineer", "Projektleiterin",
        "Resume Template", "Portfolio", "Randstad Professionals", "Robert Half International", "Dossier de candidature",
        "The Adecco Group", "Personal Profile", "Contact", "KONTAKT", "Berufserfahrung", "WORK EXPERIENCE",
    ])
    func `a heading or an employer above, beside or below the name is not the name`(heading: String) {
        for (name, email) in Self.people {
            let contact = "\(email) | +46 8 123 456 78 | Stockholm"
            let pages = [
                ([heading, name, contact], heading), ([heading, name, "Engineer", contact], heading), ([heading, name, contact], nil),
                (["\(heading)\t\(name)", contact], heading), (["\(name)\t\(heading)", contact], name), ([name, contact, heading], name),
            ]
            for (lines, prominent) in pages { #expect(self.name(lines, prominent) == name, "\(lines)") }
        }
    }

    @Test(arguments: [
        "Lebenslauf von %", "Lebenslauf %", "Curriculum Vitae – %", "CV: %", "% – Lebenslauf", "Resume of %", "% | Curriculum Vitae",
        "Hoja de vida de %", "% CV", "Bewerbung von %", "Name: %", "Name\t%", "Full Name: %", "Nombre completo: %", "Nom et prénom : %",
        "Imię i nazwisko: %", "Vor- und Nachname: %", "Nome e cognome: %", "Dr. %", "Prof. Dr. %", "%, PhD",
    ])
    func `a name is read out of the line that introduces it`(line: String) {
        for (name, email) in Self.people {
            let line = line.replacing("%", with: name)
            #expect(self.name([line, "\(email) | Stockholm"], line) == name, "\(line)")
            #expect(self.name([line, "\(email) | Stockholm"], nil) == name, "\(line)")
        }
    }

    @Test func `a name in two parts or of one word is read`() {
        #expect(name(["Vorname: Jonas", "Nachname: Weber", "x@y.example"], nil) == "Jonas Weber")
        #expect(name(["First name\tJonas", "Surname\tWeber", "x@y.example"], nil) == "Jonas Weber")
        #expect(name(["Suryanti", "suryanti@batik.example"], "Suryanti") == "Suryanti")
        #expect(name(["LEBENSLAUF", "SURYANTI", "suryanti@batik.example"], "LEBENSLAUF") == "Suryanti")
    }

    @Test(arguments: [
        "Emily Baker", "Laura Carpenter", "Hannah Farmer", "Amy Painter", "Mark Steward", "Larry Page", "Vita Sackville-West",
        "John Sample",
        "Rose Church", "George Banks", "João Sá", "Le Van", "Mark Judge", "Alicia Keys",
    ])
    func `surnames that are also trades, places or employers are names`(name: String) {
        for lines in [[name, "contact@x.example | Boston, MA"], [name, "Senior Pastry Chef", "contact@x.example | Boston, MA"]] {
            #expect(self.name(lines, name) == name)
            #expect(self.name(lines, nil) == name)
        }
    }

    private func name(_ lines: [String], _ prominent: String?) -> String? {
        let text = lines.joined(separator: "\n") + "\n\nEXPERIENCE\nEngineer, Contoso Ltd\nJune 2017 - March 2021\n"
        return ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: text, prominentLine: prominent)).name?.value
    }
}
