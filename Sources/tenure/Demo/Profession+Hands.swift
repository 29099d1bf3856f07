extension Profession {
    static let nursing = Profession(
        titles: ["Registered Nurse", "Intensive Care Nurse", "Senior Intensive Care Nurse"],
        employers: ["St. Agatha Hospital", "Maasstad Clinic", "University Hospital Ghent", "Riverside Medical Center"],
        skills: [
            "Intensive Care", "Patient Care", "Ventilator Management", "Medication Administration", "ACLS", "Triage", "Wound Care",
            "IV Therapy", "Infection Control", "Electronic Health Records",
        ],
        duties: [
            "Cared for two to three ventilated patients a shift on an 18-bed unit.",
            "Coached new nurses through their first twelve weeks.",
            "Led the hand hygiene audit; infections fell by 30 percent.",
            "Coordinated transfers with the emergency department.",
        ],
        degrees: ["Diploma in Nursing", "Bachelor of Science in Nursing"],
        schools: ["Rotterdam University of Applied Sciences", "Ghent University", "University of the Philippines Manila"],
        places: ["Rotterdam, Netherlands", "The Hague, Netherlands", "Ghent, Belgium", "Manila, Philippines"]
    )

    static let care = Profession(
        titles: ["Care Assistant", "Elderly Care Assistant", "Senior Care Assistant"],
        employers: ["De Linde Care Home", "Sunrise Home Care", "St. Agatha Hospital"],
        skills: ["Elderly Care", "Patient Care", "First Aid", "Medication Administration", "Dementia Care", "Dutch", "Nutrition"],
        duties: [
            "Looked after ten residents with dementia on a small unit.",
            "Planned the activities of the week with residents and their families.",
            "Kept the care records complete and on time.",
        ],
        degrees: ["High School Diploma", "Certificate in Health and Social Care"],
        schools: ["Albeda College", "Zadkine College", "College of Accra"],
        places: ["Rotterdam, Netherlands", "Dordrecht, Netherlands", "Antwerp, Belgium"]
    )

    static let warehouse = Profession(
        titles: ["Warehouse Worker", "Shift Leader", "Warehouse Team Lead"],
        employers: ["Delta Freight", "Polder Distribution", "Maas Cold Storage", "Cartwheel Commerce"],
        skills: [
            "Warehouse Management", "Forklift Operation", "Inventory Management", "Team Leadership", "SAP", "Lean", "Order Picking",
            "Safety Management", "Shipping and Receiving",
        ],
        duties: [
            "Led a shift of 24 in a cold store with 9,000 pallet places.",
            "Cut picking errors from 1.2 to 0.3 percent with a new zone layout.",
            "Planned shifts around the tide tables of the port.",
        ],
        degrees: ["High School Diploma", "Certificate in Logistics", "Bachelor of Science in Logistics"],
        schools: ["STC Rotterdam", "Fontys University of Applied Sciences", "Riga Technical College"],
        places: ["Rotterdam, Netherlands", "Breda, Netherlands", "Antwerp, Belgium", "Riga, Latvia"]
    )

    static let electrics = Profession(
        titles: ["Apprentice Electrician", "Electrician", "Maintenance Electrician"],
        employers: ["Voltaris Installations", "Harbor Crane Works", "Polder Distribution"],
        skills: [
            "Electrical Installation", "Preventive Maintenance", "PLC Programming", "Troubleshooting", "Blueprint Reading", "Wiring",
            "Motor Controls", "NEN 3140",
        ],
        duties: [
            "Kept the conveyors of a distribution center at 99.2 percent availability.",
            "Replaced the relay control of six cranes by PLCs.",
            "Inspected low-voltage installations and signed them off.",
        ],
        degrees: ["High School Diploma", "Certificate in Electrical Installation"],
        schools: ["Techniek College Rotterdam", "Vocational School of Gdansk", "Izmir Technical School"],
        places: ["Rotterdam, Netherlands", "Dordrecht, Netherlands", "Gdansk, Poland", "Izmir, Turkey"]
    )

    static let driving = Profession(
        titles: ["Delivery Driver", "Truck Driver", "International Truck Driver"],
        employers: ["Delta Freight", "Euroline Transport", "Maas Cold Storage"],
        skills: [
            "Truck Driving", "Route Planning", "Digital Tachograph", "Load Securing", "ADR", "Forklift Operation", "Customer Service",
        ],
        duties: [
            "Drove 110,000 kilometers a year without an accident.",
            "Delivered cooled goods to hospitals in three countries.",
            "Trained drivers in load securing.",
        ],
        degrees: ["High School Diploma", "Certificate in Professional Driving"],
        schools: ["STC Rotterdam", "Transport School Poznan"],
        places: ["Rotterdam, Netherlands", "Breda, Netherlands", "Poznan, Poland", "Antwerp, Belgium"]
    )

    static let payroll = Profession(
        titles: ["Payroll Clerk", "Payroll Accountant", "Payroll Lead"],
        employers: ["Polder Distribution", "Delta Freight", "City of Utrecht"],
        skills: ["Payroll", "Accounting", "Excel", "SAP", "Dutch", "Tax Law", "Financial Reporting"],
        duties: ["Ran the payroll of 900 people in four collective agreements.", "Closed the month in three days instead of seven."],
        degrees: ["Certificate in Payroll", "Bachelor of Science in Accounting"],
        schools: ["Rotterdam University of Applied Sciences", "Erasmus University Rotterdam"],
        places: ["Rotterdam, Netherlands", "Utrecht, Netherlands"]
    )
}
