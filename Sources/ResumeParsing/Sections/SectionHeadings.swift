/// Headings as people write them, folded, in English, German, French, Spanish, Portuguese, Italian, Dutch and Polish.
enum SectionHeadings {
    static let byKind: [(SectionKind, String)] = [
        (
            .contact,
            """
            contact|contacts|contact me|contact info|contact information|contact details|personal information|personal details|\
            personal data|get in touch|personliche daten|kontakt|kontaktdaten|zur person|coordonnees|informations personnelles|\
            datos personales|contacto|informacion de contacto|dados pessoais|contato|dati personali|contatti|persoonlijke gegevens|\
            dane osobowe
            """
        ),
        (
            .summary,
            """
            summary|profile|about|about me|objective|career objective|professional summary|executive summary|executive profile|\
            career summary|career profile|personal statement|personal profile|professional profile|summary of qualifications|\
            introduction|overview|bio|biography|who i am|statement|profil|kurzprofil|uber mich|a propos|a propos de moi|\
            resume professionnel|perfil|perfil profesional|resumen|resumen profesional|sobre mi|perfil profissional|sobre mim|\
            resumo|profilo|chi sono|over mij|profiel|podsumowanie|o mnie
            """
        ),
        (
            .experience,
            """
            experience|work experience|professional experience|employment|employment history|work history|career history|\
            job history|career|employment experience|relevant experience|positions held|professional background|work|\
            where i have worked|appointments|positions|berufserfahrung|beruflicher werdegang|berufspraxis|werdegang|praktische erfahrung|\
            experience professionnelle|experiences professionnelles|parcours professionnel|experiencia|experiencia laboral|\
            experiencia profesional|experiencia profissional|historico profissional|esperienza|esperienze professionali|\
            esperienza lavorativa|werkervaring|doswiadczenie|doswiadczenie zawodowe
            """
        ),
        (
            .education,
            """
            education|academic background|academic history|academic qualifications|educational background|education history|qualifications|\
            education and training|studies|academics|schooling|university|ausbildung|studium|bildung|bildungsweg|schulbildung|\
            akademische ausbildung|formation|formations|etudes|diplomes|formacion|formacion academica|educacion|estudios|formacao|\
            formacao academica|educacao|istruzione|formazione|istruzione e formazione|opleiding|opleidingen|wyksztalcenie|edukacja
            """
        ),
        (
            .skills,
            """
            skills|skill set|skillset|technical skills|key skills|core skills|core competencies|competencies|expertise|areas of expertise|\
            technologies|technical proficiencies|tech stack|technology stack|tools|toolbox|strengths|key competencies|what i do|abilities|\
            software|specialties|specializations|kenntnisse|fahigkeiten|it kenntnisse|edv kenntnisse|kompetenzen|fachkenntnisse|\
            kenntnisse und fahigkeiten|competences|competences techniques|savoir faire|habilidades|competencias|aptitudes|conocimientos|\
            habilidades tecnicas|informatica|informatique|edv|fachlich|fachliche kenntnisse|competenze|capacita|vaardigheden|competenties|umiejetnosci
            """
        ),
        (
            .languages,
            """
            languages|language|language skills|spoken languages|sprachen|sprachkenntnisse|fremdsprachen|langues|langues parlees|idiomas|\
            lenguas|linguas|lingue|talen|talenkennis|jezyki|jezyki obce
            """
        ),
        (
            .certifications,
            """
            certifications|certification|certificates|licenses|licences|licensure|licenses and certifications|licences and certifications|\
            certifications and licenses|credentials|professional certifications|memberships|professional memberships|accreditations|\
            professional development|courses|training and certifications|zertifikate|zertifizierungen|weiterbildung|weiterbildungen|scheine|fuhrerschein|\
            certificats|certificaciones|certificados|cursos|certificacoes|certificazioni|certificaten|certyfikaty|kursy
            """
        ),
        (
            .other,
            """
            grants|funding|fellowships|presentations|supervision|outreach|teaching|service|projects|personal projects|selected projects|side projects|publications|awards|honors|honours|honors and awards|achievements|\
            key achievements|interests|hobbies|hobbies and interests|references|referees|volunteering|volunteer|volunteer work|\
            volunteer experience|community|patents|activities|extracurricular activities|additional information|miscellaneous|portfolio|\
            affiliations|conferences|talks|military service|projekte|interessen|hobbys|referenzen|ehrenamt|publikationen|\
            centres d interet|projets|loisirs|benevolat|proyectos|intereses|referencias|voluntariado|publicaciones|projetos|interesses|\
            progetti|interessi|hobby|projecten|projekty|zainteresowania
            """
        ),
    ]
}
