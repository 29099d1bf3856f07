/// Countries, the states of the USA, and the cities that resumes most often name without one. Cities whose name is common elsewhere, or is
/// an everyday word, are left out.
enum PlaceNames {
    static let anywhere: Set<String> = ["remote", "hybrid", "worldwide", "home office", "anywhere", "remote (us)", "fully remote"]

    static let stateCodes = set(
        """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD \
        TN TX UT VT VA WA WV WI WY DC
        """,
        separator: " "
    )
    static let provinceCodes = set("AB BC MB NB NL NS ON PE QC SK", separator: " ")

    static let stateNames = set(
        """
        alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|\
        kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|\
        new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|\
        south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming
        """,
        separator: "|"
    )

    static let countries = dictionary(
        """
        US:usa,us,u.s.,u.s.a.,united states,united states of america,vereinigte staaten,estados unidos|GB:uk,u.k.,united kingdom,\
        great britain,england,scotland,wales,northern ireland|IE:ireland|DE:germany,deutschland,alemania,allemagne|AT:austria,osterreich|\
        CH:switzerland,schweiz,suisse,svizzera|FR:france,frankreich,francia|BE:belgium,belgique,belgie|NL:netherlands,the netherlands,\
        nederland,holland|LU:luxembourg|ES:spain,espana,spanien|PT:portugal|IT:italy,italia,italien|DK:denmark,danmark|SE:sweden,sverige|\
        NO:norway,norge|FI:finland,suomi|IS:iceland|PL:poland,polska|CZ:czech republic,czechia|SK:slovakia|HU:hungary|RO:romania|\
        BG:bulgaria|GR:greece|HR:croatia|SI:slovenia|RS:serbia|BA:bosnia and herzegovina|UA:ukraine|EE:estonia|LV:latvia|LT:lithuania|\
        RU:russia|TR:turkey,turkiye|IL:israel|AE:united arab emirates,uae|SA:saudi arabia|QA:qatar|KW:kuwait|JO:jordan|LB:lebanon|\
        EG:egypt|MA:morocco,maroc|TN:tunisia|DZ:algeria|NG:nigeria|GH:ghana|KE:kenya|UG:uganda|TZ:tanzania|ET:ethiopia|RW:rwanda|\
        ZA:south africa|SN:senegal|CM:cameroon|ZW:zimbabwe|IN:india|PK:pakistan|BD:bangladesh|LK:sri lanka|NP:nepal|CN:china|HK:hong kong|\
        TW:taiwan|JP:japan|KR:south korea,korea|SG:singapore|MY:malaysia|TH:thailand|VN:vietnam,viet nam|PH:philippines|ID:indonesia|\
        KH:cambodia|AU:australia|NZ:new zealand|CA:canada,kanada|MX:mexico|GT:guatemala|CR:costa rica|PA:panama|CU:cuba|\
        DO:dominican republic|PR:puerto rico|JM:jamaica|CO:colombia|VE:venezuela|EC:ecuador|PE:peru|BO:bolivia|CL:chile|AR:argentina|\
        UY:uruguay|PY:paraguay|BR:brazil,brasil|KZ:kazakhstan|AM:armenia|IR:iran|IQ:iraq|CY:cyprus|MT:malta
        """
    )

    static let cities = dictionary(
        """
        US:new york city,nyc,brooklyn,los angeles,chicago,houston,phoenix,philadelphia,san antonio,san diego,dallas,austin,\
        san jose,fort worth,jacksonville,columbus,charlotte,san francisco,sf,bay area,san francisco bay area,indianapolis,seattle,\
        denver,boston,nashville,detroit,portland,las vegas,memphis,louisville,baltimore,milwaukee,albuquerque,tucson,fresno,\
        sacramento,kansas city,atlanta,omaha,colorado springs,raleigh,miami,oakland,minneapolis,tulsa,tampa,new orleans,cleveland,\
        honolulu,anaheim,pittsburgh,cincinnati,st. louis,orlando,newark,jersey city,durham,buffalo,madison,boise,salt lake city,\
        palo alto,mountain view,sunnyvale,redmond,boulder,ann arbor,santa clara,menlo park,silicon valley|GB:london,manchester,\
        birmingham,leeds,glasgow,edinburgh,liverpool,bristol,sheffield,newcastle,nottingham,cardiff,belfast,leicester,oxford,\
        brighton,southampton,aberdeen|IE:dublin,cork,galway|DE:berlin,munich,munchen,hamburg,cologne,koln,frankfurt,stuttgart,\
        dusseldorf,dortmund,essen,leipzig,bremen,dresden,hannover,nuremberg,nurnberg,duisburg,bonn,karlsruhe,mannheim,augsburg,\
        freiburg,heidelberg,munster,ulm,aachen|AT:vienna,wien,graz,linz,salzburg,innsbruck|CH:zurich,geneva,geneve,basel,bern,\
        lausanne,lugano|FR:paris,lyon,marseille,toulouse,bordeaux,lille,nantes,strasbourg,montpellier,rennes,grenoble|BE:brussels,\
        bruxelles,antwerp,ghent,leuven|NL:amsterdam,rotterdam,the hague,den haag,utrecht,eindhoven,groningen|ES:madrid,barcelona,\
        valencia,sevilla,seville,bilbao,malaga,zaragoza|PT:lisbon,lisboa,porto,braga,coimbra|IT:rome,roma,milan,milano,turin,\
        torino,naples,bologna,florence,firenze|DK:copenhagen,aarhus,odense|SE:stockholm,gothenburg,goteborg,malmo,uppsala,lund|\
        NO:oslo,bergen,trondheim,stavanger|FI:helsinki,espoo,tampere|PL:warsaw,warszawa,krakow,cracow,wroclaw,poznan,gdansk,lodz,\
        katowice|CZ:prague,praha,brno|HU:budapest|RO:bucharest,cluj-napoca,iasi,timisoara|BG:sofia|GR:athens|HR:zagreb|RS:belgrade|\
        UA:kyiv,kiev,lviv,kharkiv,odesa|EE:tallinn|LV:riga|LT:vilnius|RU:moscow,saint petersburg|TR:istanbul,ankara,izmir|\
        IL:tel aviv,jerusalem,haifa|AE:dubai,abu dhabi|SA:riyadh,jeddah|EG:cairo|MA:casablanca,rabat|NG:lagos,abuja|GH:accra|\
        KE:nairobi|ZA:johannesburg,cape town,durban,pretoria|IN:bangalore,bengaluru,mumbai,delhi,new delhi,hyderabad,chennai,pune,\
        kolkata,ahmedabad,gurgaon,gurugram,noida,kochi|PK:karachi,lahore,islamabad|BD:dhaka|LK:colombo|CN:beijing,shanghai,\
        shenzhen,guangzhou,hangzhou|TW:taipei|JP:tokyo,osaka,kyoto|KR:seoul,busan|MY:kuala lumpur,penang|TH:bangkok|VN:hanoi,\
        ho chi minh city,saigon,da nang|PH:manila,cebu|ID:jakarta,bandung|AU:sydney,melbourne,brisbane,perth,adelaide,canberra|\
        NZ:auckland,wellington|CA:toronto,montreal,vancouver,calgary,ottawa,edmonton,winnipeg,waterloo|MX:mexico city,guadalajara,\
        monterrey|CO:bogota,medellin|PE:lima|CL:santiago|AR:buenos aires|BR:sao paulo,rio de janeiro,belo horizonte,curitiba|\
        UY:montevideo|CR:san jose de costa rica
        """
    )

    private static func set(_ names: String, separator: Character) -> Set<String> {
        Set(names.split(separator: separator).map(String.init))
    }

    private static func dictionary(_ lines: String) -> [String: String] {
        var codes: [String: String] = [:]
        for line in lines.split(separator: "|") {
            let parts = line.split(separator: ":")
            for name in parts[1].split(separator: ",") { codes[String(name)] = String(parts[0]) }
        }
        return codes
    }
}
