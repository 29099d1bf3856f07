/// The words that tell a job title from an employer's name.
enum JobWords {
    /// From -2, surely an employer, to 2, surely a title.
    static func lean(of text: String) -> Double { title(text) - employer(text) }

    static func isLikelyTitle(_ text: String) -> Bool { title(text) >= 1 }
    static func isLikelyEmployer(_ text: String) -> Bool { employer(text) >= 1 }

    /// 2 if the noun that the others describe is a job: the last word, or the first of "Head of Sales".
    private static func title(_ text: String) -> Double {
        let phrase = text.prefix { !"(/–—:,".contains($0) }
        var words = phrase.foldedWords
        while let last = words.last, grades.contains(last) || Int(last) != nil { words.removeLast() }
        let head = words.firstIndex { prepositions.contains($0) }.map { words[..<$0] } ?? words[...]
        if let noun = head.last, isTitle(noun) { return 2 }
        let all = text.foldedWords
        if all.contains(where: isTitle) { return 1 }
        return all.first.map(seniority.contains) == true ? 1 : 0
    }

    private static func employer(_ text: String) -> Double {
        let words = text.foldedWords
        guard let last = words.last else { return 0 }
        if legalForms.contains(last) || legalForms.contains(words.suffix(2).joined(separator: " ")) { return 2 }
        if organizations.contains(last) || words.contains(where: institutions.contains) { return 1.5 }
        return words.contains(where: organizations.contains) || text.contains(" & ") ? 0.75 : 0
    }

    private static func isTitle(_ word: String) -> Bool {
        if titles.contains(word) || word.hasSuffix("s") && titles.contains(String(word.dropLast())) { return true }
        return word.count > 8 && germanEndings.contains { word.hasSuffix($0) }
    }

    /// Whether a word says what kind of tradesman somebody is: "pastry", "line", "senior".
    static func describesTrade(_ word: String) -> Bool {
        seniority.contains(word) || grades.contains(word) || isTitle(word) || trades.contains(word)
    }

    private static let trades: Set<String> = words(
        """
        pastry line sous head prep grill bread cake master apprentice freelance industrial commercial residential house interior exterior
        spray auto automotive truck bus taxi delivery van lorry forklift crane tractor dairy organic crop cattle livestock fish flight
        cabin union shop wine chief kitchen hotel night day lead team sales data content technical script copy ghost freight stone brick
        finish form framing bank mortgage stock real estate insurance media event urban city town financial production supply demand
        fashion retail strategic account security life prison correctional police fire probation loan compliance executive management
        business product project office file mail billing payroll law court tv radio voice stage train bus career life fitness soccer
        football basketball tennis vocal warehouse order cherry fruit shelf stall baggage package material animal dog window
        carpet street school university general certified licensed registered professional experienced private personal female male
        """
    )

    private static let prepositions: Set<String> = ["of", "for", "in", "at", "to", "de", "des", "du", "fur", "der", "and"]
    private static let grades: Set<String> = ["i", "ii", "iii", "iv", "v", "senior", "junior", "sr", "jr", "intern", "level", "bsn", "rn"]
    private static let seniority: Set<String> = [
        "senior", "junior", "lead", "chief", "principal", "head", "staff", "sr", "jr", "assistant", "vice",
    ]
    private static let germanEndings = [
        "ingenieur", "ingenieurin", "entwickler", "entwicklerin", "leiter", "leiterin", "berater", "beraterin", "mechaniker", "techniker",
        "kaufmann", "kauffrau", "assistent", "assistentin", "pfleger", "lehrer", "arbeiter", "mitarbeiter", "meister", "fahrer", "designer",
        "developer", "ontwikkelaar",
    ]

    private static let legalForms: Set<String> = [
        "inc", "llc", "ltd", "limited", "gmbh", "ag", "plc", "corp", "corporation", "co", "company", "llp", "lp", "sa", "sas", "sl", "srl",
        "bv",
        "nv",
        "ab", "oy", "as", "aps", "kg", "spa", "pty", "pvt", "sarl", "se", "ug", "ev", "o o", "s a", "z o", "e v", "mbh", "holding",
        "holdings",
    ]
    private static let organizations: Set<String> = words(
        """
        group bank banque banco hospital clinic school schools department ministry labs laboratories laboratory technologies
        technology solutions systems software partners consulting agency studio studios media works industries international global
        foundation trust council center centre restaurant diner bistro hotel hotels store stores market markets foods airlines
        airways logistics motors energy insurance capital ventures associates enterprises services freelance self-employed networks
        pharmaceuticals pharma healthcare university college institute academy county district church museum library press
        publishing records games entertainment payments distribution health construction builders contractors packaging beverages
        travel instruments imaging fabrication manufacturing klinik klinikum krankenhaus universitat hochschule maschinenbau
        restaurante taberna brasserie cafe bar stadtwerke backerei spedition mobelhaus lyceum radio agencia
        universidad hospitals airport railway authority commission army navy force nhs
        """
    )
    private static let institutions: Set<String> = [
        "university", "hospital", "college", "universitat", "hochschule", "freelance", "self-employed",
    ]

    private static let titles: Set<String> = words(
        """
        engineer developer aide manager director nurse teacher analyst designer architect consultant specialist coordinator assistant
        associate administrator accountant controller auditor technician operator driver welder cook chef waiter waitress bartender
        cashier clerk representative rep agent officer supervisor lead head president ceo cto cfo coo cio cmo founder cofounder
        owner partner intern trainee apprentice scientist researcher professor lecturer tutor instructor trainer coach writer
        editor journalist author photographer producer artist illustrator animator planner buyer merchandiser strategist marketer
        recruiter paralegal lawyer attorney counsel solicitor barrister judge physician doctor surgeon dentist hygienist pharmacist
        therapist physiotherapist psychologist counselor caregiver carer midwife paramedic emt firefighter guard soldier sergeant
        lieutenant captain pilot mechanic electrician plumber carpenter mason painter roofer machinist fabricator installer
        inspector foreman superintendent surveyor estimator programmer tester devops sre sysadmin translator interpreter librarian
        receptionist secretary steward hostess host salesman saleswoman salesperson seller broker trader banker teller underwriter
        actuary economist statistician chemist biologist physicist geologist farmer gardener janitor cleaner housekeeper nanny
        porter warden ecologist docent docente cocinero cocinera camarero camarera ayudante segundo auxiliar encargado encargada vendedor
        vendedora obermonteur monteur betriebselektriker elektriker elektronikerin elektroniker schlosser schreiner tischler maler creator
        barista baker butcher tailor stylist barber hairdresser courier packer picker loader stocker handler dispatcher freelancer
        fellow postdoc dean principal executive advisor adviser evangelist ambassador moderator curator conductor musician actor
        dancer dietitian nutritionist radiographer sonographer phlebotomist optometrist veterinarian laborer worker server crew
        attendant concierge valet bookkeeper treasurer generalist buyer liaison facilitator organizer fundraiser scrum master
        ingenieur entwickler leiter konstrukteur berater techniker kaufmann kauffrau mitarbeiter sachbearbeiter werkstudent
        praktikant lehrer verkaufer geschaftsfuhrer projektleiter ingeniero ingeniera desarrollador desarrolladora gerente analista
        jefe jefa responsable profesor profesora enfermera enfermero directora consultor consultora tecnico contador abogado
        ingenieure developpeur developpeuse directeur directrice charge technicien comptable infirmiere infirmier vendeur
        engenheiro engenheira desenvolvedor coordenador inzynier programista kierownik specjalista medewerker adviseur ontwikkelaar
        """
    )

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { $0.isWhitespace }.map(String.init))
    }
}
