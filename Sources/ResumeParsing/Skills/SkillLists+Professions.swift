extension SkillLists {
    static let healthcare = """
        Patient Care = bedside care, direct patient care
        Patient Assessment = nursing assessment
        Critical Care = intensive care, icu
        Emergency Care = emergency nursing, trauma care
        Triage
        IV Therapy = intravenous therapy, iv insertion
        Medication Administration
        Wound Care
        Ventilator Management = mechanical ventilation
        Phlebotomy = blood draws, venipuncture
        CPR = bls, basic life support > First Aid
        ACLS = advanced cardiac life support
        PALS! = pediatric advanced life support
        First Aid
        Epic! = epic ehr, epic systems, epiccare > Electronic Health Records
        Cerner > Electronic Health Records
        Electronic Health Records = ehr, emr, electronic medical records
        HIPAA = hipaa compliance
        Vital Signs
        Infection Control
        Medical Terminology
        Medical Coding = icd-10, cpt coding
        Medical Billing
        Pediatrics = pediatric nursing
        Geriatrics = elderly care, geriatric care
        Oncology
        Cardiology
        Obstetrics = labor and delivery, midwifery
        Surgery = operating room, perioperative nursing
        Anesthesia
        Radiology = x-ray imaging, radiography
        Ultrasound = sonography
        Physical Therapy = physiotherapy
        Occupational Therapy
        Speech Therapy = speech-language pathology
        Mental Health = behavioral health, psychiatric nursing
        Counseling = counselling
        Case Management
        Social Work
        Pharmacology
        Pharmacy = dispensing
        Dental Hygiene
        Nutrition = dietetics
        Clinical Research = clinical trials, gcp guidelines
        Laboratory Techniques = lab techniques, pcr, elisa
        Public Health = epidemiology
        Caregiving = home care
        Veterinary Care
        """

    static let education = """
        Teaching = classroom teaching, classroom instruction
        Curriculum Development = curriculum design
        Lesson Planning
        Classroom Management
        Special Education
        Early Childhood Education = preschool education
        Tutoring
        Mentoring = mentored, mentorship
        Coaching
        Instructional Design
        E-Learning = online learning, moodle
        Student Assessment
        ESL = tefl, tesol, english as a second language
        Public Speaking = presentations, presentation skills
        Research = academic research
        Academic Writing
        """

    static let engineering = """
        AutoCAD
        SolidWorks
        CATIA
        Autodesk Inventor
        Revit > Building Information Modeling
        Building Information Modeling = bim
        SketchUp
        ANSYS = finite element analysis, fea
        Simulink > MATLAB
        LabVIEW
        Mechanical Design = machine design
        Mechanical Engineering
        Electrical Engineering
        Civil Engineering
        Structural Engineering = structural analysis
        Chemical Engineering
        Industrial Engineering
        Process Engineering
        PCB Design = altium, circuit design
        VHDL = verilog, fpga
        Internet of Things = iot
        Robotics = ros2
        3D Printing = additive manufacturing
        GD&T = geometric dimensioning
        FMEA
        ISO 9001 = quality management system, qms
        ISO 13485
        Root Cause Analysis = 8d
        Power Electronics
        Renewable Energy = solar energy, wind energy
        GIS = arcgis, qgis
        Surveying = land surveying
        Environmental Compliance = environmental regulations
        """

    static let trades = """
        Welding
        MIG Welding = mig, gmaw > Welding
        TIG Welding = tig, gtaw > Welding
        Stick Welding = smaw, arc welding > Welding
        Plasma Cutting
        Blueprint Reading = reading blueprints, technical drawings
        Pipe Fitting = pipefitting
        Plumbing
        Carpentry = framing
        Masonry = bricklaying
        Drywall
        Painting = house painting
        Roofing
        Flooring = tile setting
        HVAC = heating and cooling, air conditioning
        Refrigeration
        Electrical Wiring = wiring, electrical installation
        PLC Programming = plc, plcs, siemens s7
        CNC Machining = cnc, cnc programming, cnc operation
        Machining = lathe, milling
        Sheet Metal Fabrication = metal fabrication
        Preventive Maintenance = equipment maintenance, preventative maintenance
        Troubleshooting
        Hydraulics = pneumatics
        Automotive Repair = auto repair, vehicle maintenance
        Diesel Engines = diesel mechanics
        OSHA Compliance = osha, osha 10, osha 30
        Workplace Safety = health and safety, occupational safety
        Power Tools = hand tools
        Heavy Equipment Operation = heavy equipment, excavator
        Crane Operation = rigging
        Scaffolding
        Landscaping
        Construction Management = site management
        Cost Estimating = construction estimating
        Commercial Driving = cdl, truck driving
        """

    static let logistics = """
        Supply Chain Management = supply chain
        Logistics
        Inventory Management = inventory control, stock control
        Warehouse Management = wms, warehousing
        Forklift Operation = forklift, forklift operator, forklift driving
        Shipping and Receiving
        Order Picking = order fulfillment, picking and packing
        Procurement = purchasing
        Demand Planning
        Freight Forwarding
        Customs Compliance = import/export
        Fleet Management
        Route Planning
        Dispatching
        """

    static let hospitality = """
        Food Preparation = food prep
        Cooking = culinary arts
        Baking = pastry
        Menu Planning = menu development
        Food Safety = servsafe, haccp
        Bartending = mixology
        Barista Skills = espresso
        Table Service = waiting tables, food service
        Hotel Management = front desk operations
        Guest Relations
        Housekeeping
        Catering
        Reservations Management = opera pms
        Travel Planning
        Tour Guiding
        """

    static let personal = """
        Communication = communication skills, written communication, verbal communication
        Teamwork = collaboration, team player
        Leadership = leadership skills
        Problem Solving = problem-solving
        Time Management
        Critical Thinking = analytical thinking
        Attention to Detail = detail oriented, detail-oriented
        Adaptability = flexibility
        Multitasking
        Conflict Resolution
        Decision Making
        Creativity
        Empathy
        """

    static let languages = """
        English!
        German! = Deutsch!
        French! = Français!
        Spanish! = Español!
        Portuguese! = Português!
        Italian! = Italiano!
        Dutch! = Nederlands!
        Polish!
        Swedish!
        Norwegian!
        Danish!
        Finnish!
        Czech!
        Hungarian!
        Romanian!
        Greek!
        Turkish!
        Russian!
        Ukrainian!
        Arabic!
        Hebrew!
        Persian! = Farsi!
        Hindi!
        Urdu!
        Bengali!
        Tamil!
        Mandarin! = Mandarin Chinese!, Chinese!
        Cantonese!
        Japanese!
        Korean!
        Vietnamese!
        Thai!
        Indonesian!
        Tagalog!
        Swahili!
        American Sign Language = asl, sign language
        """
}
