import Foundation

/// Names of people in a port city, first and last names from the same place.
enum Names {
    static let families: [(first: [String], last: [String])] = [
        (
            ["Emma", "Lukas", "Hannah", "Jonas", "Greta", "Felix", "Marlene", "Till"],
            ["Schneider", "Vogel", "Brandt", "Köhler", "Engel", "Lorenz"]
        ),
        (["Sanne", "Daan", "Fleur", "Bram", "Noor", "Ruben"], ["de Vries", "Bakker", "Visser", "Jansen", "van den Berg", "Smit"]),
        (["Zuzanna", "Jakub", "Agnieszka", "Michał", "Ola", "Piotr"], ["Kowalska", "Nowak", "Wiśniewski", "Zieliński", "Mazur"]),
        (["Elif", "Emre", "Zeynep", "Mert", "Defne", "Kerem"], ["Yılmaz", "Kaya", "Aydın", "Çelik", "Arslan"]),
        (["Ana", "João", "Beatriz", "Rui", "Inês", "Tiago"], ["Silva", "Carvalho", "Nogueira", "Matos", "Sousa"]),
        (["Lucía", "Mateo", "Carmen", "Javier", "Noelia"], ["García", "Romero", "Ibáñez", "Torres", "Vega"]),
        (["Amina", "Kwame", "Zainab", "Chidi", "Adaeze", "Kofi"], ["Okafor", "Mensah", "Bello", "Adeyemi", "Boateng"]),
        (["Ananya", "Rahul", "Meera", "Vikram", "Kavya", "Arjun"], ["Sharma", "Iyer", "Patel", "Reddy", "Menon"]),
        (["Mei", "Wei", "Jing", "Haruki", "Yuna", "Minjun"], ["Chen", "Lin", "Tanaka", "Park", "Zhao", "Sato"]),
        (["Fatima", "Youssef", "Leila", "Omar", "Salma", "Karim"], ["El Amrani", "Haddad", "Benali", "Mansour", "Rahimi"]),
        (["Freja", "Mikkel", "Astrid", "Elias", "Saana", "Oskar"], ["Lindqvist", "Sørensen", "Virtanen", "Berg", "Dahl"]),
        (["Grace", "Jerome", "Maricel", "Paolo", "Angelica"], ["Santos", "Reyes", "Cruz", "Bautista", "Villanueva"]),
    ]

    /// The characters of a name that an address can contain.
    static func plain(_ name: String) -> String {
        let letters = name.lowercased().map { foreign[$0] ?? String($0) }.joined()
        return String(letters.decomposedStringWithCanonicalMapping.unicodeScalars.filter { ("a"..."z").contains($0) })
    }

    // Letters that don't decompose into one of a to z and a mark.
    private static let foreign: [Character: String] = ["ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae"]
}
