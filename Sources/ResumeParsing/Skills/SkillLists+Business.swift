extension SkillLists {
    static let office = """
        Microsoft Excel = excel, ms excel, spreadsheets, pivot tables
        Microsoft Word = ms word, word processing
        Microsoft PowerPoint = powerpoint, ms powerpoint
        Microsoft Office = ms office, office 365, microsoft 365, office suite > Microsoft Excel, Microsoft Word, Microsoft PowerPoint
        Microsoft Outlook = outlook
        Google Workspace = g suite, google docs, google sheets
        SharePoint
        Jira
        Confluence
        Slack!
        Notion!
        Asana
        Trello
        Microsoft Project = ms project
        Visio
        Data Entry
        Typing = touch typing
        Calendar Management = scheduling
        Office Administration = office management, administrative support
        Document Management = record keeping, records management
        """

    static let design = """
        Figma
        Sketch!
        Adobe XD
        Photoshop = adobe photoshop
        Illustrator! = adobe illustrator
        InDesign = adobe indesign
        Adobe Creative Suite = adobe creative cloud, creative suite > Photoshop, Illustrator, InDesign
        After Effects = adobe after effects
        Premiere Pro = adobe premiere
        Final Cut Pro
        Blender!
        Canva
        User Experience Design = ux, ux design, user experience
        User Interface Design = ui, ui design, ui/ux, ux/ui
        User Research = ux research, usability testing, user interviews
        Wireframing = wireframes
        Prototyping = prototypes, rapid prototyping
        Design Systems = design system
        Design Thinking
        Interaction Design
        Information Architecture
        Accessibility = wcag, a11y
        Graphic Design
        Typography
        Branding = brand design, brand identity
        Motion Graphics = motion design
        Video Editing
        Photography
        Illustration
        Interior Design
        """

    static let management = """
        Project Management = project planning, managing projects
        Program Management
        Product Management = product owner, product ownership
        Agile = agile methodologies, agile methodology, agile development
        Scrum > Agile
        Kanban > Agile
        SAFe!
        Waterfall!
        PRINCE2 > Project Management
        PMP! > Project Management
        Stakeholder Management = stakeholder engagement
        Change Management
        Risk Management = risk assessment, risk analysis
        Strategic Planning = strategy development, business strategy
        Business Analysis = requirements gathering, requirements analysis
        Process Improvement = process optimization, continuous improvement, kaizen
        Lean Manufacturing = lean production, lean management, 5s
        Six Sigma = lean six sigma, dmaic
        Operations Management
        Team Leadership = team management, people management, leading teams
        OKRs = okr, objectives and key results
        Roadmapping = product roadmap, product roadmaps
        Vendor Management = supplier management
        Contract Management = contract administration
        Quality Assurance = qa, quality control
        Business Development
        Public Policy = policy analysis
        Grant Writing
        Event Planning = event management
        ITIL = it service management, itsm
        ServiceNow
        """

    static let marketing = """
        Digital Marketing = online marketing
        SEO = search engine optimization
        SEM = search engine marketing, ppc, pay-per-click
        Google Ads = adwords, google adwords
        Facebook Ads = meta ads
        Google Analytics = ga4
        Content Marketing = content strategy, content creation
        Copywriting
        Email Marketing = e-mail marketing, newsletters, mailchimp
        Social Media Marketing = social media, social media management
        Marketing Automation = marketo
        HubSpot
        Market Research = consumer research
        Brand Management
        Public Relations = media relations
        Conversion Rate Optimization = cro
        Growth Marketing = growth hacking
        Affiliate Marketing
        Technical Writing = documentation writing
        Journalism
        Proofreading = copy editing, copyediting
        """

    static let sales = """
        Salesforce = salesforce crm, sfdc
        CRM = customer relationship management
        Account Management = key account management
        Negotiation = negotiating, contract negotiation
        Lead Generation = prospecting
        Cold Calling
        B2B Sales = business to business
        Retail Sales = retail
        Inside Sales
        Sales Management
        Forecasting = sales forecasting
        Customer Service = customer support, client service, customer care
        Customer Success
        E-commerce = ecommerce
        Merchandising = visual merchandising
        Point of Sale = pos systems, cash handling
        """

    static let finance = """
        Accounting = general ledger
        Bookkeeping
        Financial Reporting = financial statements
        Financial Analysis = financial modeling, financial modelling
        Budgeting = budget management, budget planning
        IFRS > Accounting
        US GAAP = gaap > Accounting
        Accounts Payable
        Accounts Receivable
        Payroll = payroll processing
        Tax Compliance = tax preparation, taxation, tax returns
        Internal Audit = auditing, audit
        QuickBooks > Bookkeeping
        Xero!
        SAP
        Oracle Financials = oracle ebs
        NetSuite
        Microsoft Dynamics = dynamics 365
        ERP = enterprise resource planning
        Cost Accounting = cost analysis
        Treasury Management
        Investment Analysis = equity research
        Portfolio Management
        Corporate Finance
        Mergers and Acquisitions = m&a
        Valuation
        Credit Analysis = underwriting
        Anti-Money Laundering = aml, kyc
        Actuarial Science
        Sarbanes-Oxley = sox compliance
        """

    static let people = """
        Recruiting = recruitment, talent acquisition, sourcing candidates
        Onboarding = employee onboarding
        Human Resources = hr, hr management
        Employee Relations
        Performance Management
        Compensation and Benefits = benefits administration
        Learning and Development = training and development
        Workday!
        HRIS
        Workforce Planning
        Diversity and Inclusion = dei
        Organizational Development
        """

    static let legal = """
        Legal Research
        Contract Drafting = contract law
        Litigation
        Corporate Law
        Intellectual Property = patents, trademark law
        Regulatory Compliance = compliance
        Employment Law = labor law
        Legal Writing
        Due Diligence
        Mediation
        """
}
