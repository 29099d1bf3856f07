/// The lists by category; the taxonomy's initializer defines the format.
enum SkillLists {
    static let all: [(SkillCategory, String)] = [
        (.programming, programming), (.web, web), (.data, data), (.infrastructure, infrastructure), (.security, security),
        (.office, office), (.design, design), (.management, management), (.marketing, marketing), (.sales, sales), (.finance, finance),
        (.people, people), (.legal, legal), (.healthcare, healthcare), (.education, education), (.engineering, engineering),
        (.trades, trades), (.logistics, logistics), (.hospitality, hospitality), (.personal, personal), (.language, languages),
    ]
}
