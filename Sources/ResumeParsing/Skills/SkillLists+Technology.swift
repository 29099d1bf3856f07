extension SkillLists {
    static let programming = """
        Go! = golang, go language, go lang
        Python = python3, python 3
        Java
        JavaScript = js, ecmascript, es6
        TypeScript > JavaScript
        C! = c language, c programming, ansi c
        C++ = cpp, c plus plus
        C# = csharp, c sharp > .NET
        F# = fsharp, f sharp > .NET
        .NET = dotnet, .net core, asp.net, .net framework, dot net
        Visual Basic = vb.net, vba, vb6
        Swift!
        SwiftUI > Swift
        Objective-C = objective c, objc
        Kotlin
        Rust! = rustlang
        Ruby
        PHP = php8, php7
        Perl
        R! = r language, rstudio, r programming
        Scala
        Elixir
        Erlang
        Haskell
        Clojure
        Dart!
        Flutter > Dart
        Lua
        MATLAB
        Fortran
        COBOL
        Assembly Language = assembler, x86 assembly
        Bash = shell scripting, bash scripting, shell script, shell scripts, zsh
        PowerShell
        Groovy
        Solidity
        ABAP
        Apex! = salesforce apex
        Algorithms = data structures
        Object-Oriented Programming = oop, object oriented design
        Functional Programming
        Test-Driven Development = tdd
        Unit Testing = unit tests
        Embedded Systems = embedded software, firmware
        Real-Time Operating Systems = rtos, freertos
        Android = android development, android sdk
        iOS = ios development
        React Native > React
        Unity! = unity3d
        Unreal Engine
        Spring Boot = spring framework, spring mvc, springboot > Java
        Hibernate > Java
        Django > Python
        Flask! > Python
        FastAPI > Python
        Ruby on Rails = rails, ror > Ruby
        Laravel > PHP
        Symfony > PHP
        Qt!
        Blockchain = ethereum, smart contracts
        """

    static let web = """
        HTML = html5
        CSS = css3
        Sass! = scss > CSS
        Tailwind CSS = tailwind, tailwindcss > CSS
        Bootstrap! > CSS
        React = reactjs, react.js > JavaScript
        Redux > JavaScript
        Next.js = nextjs > React, JavaScript
        Vue.js = vue, vuejs > JavaScript
        Nuxt.js = nuxt, nuxtjs > Vue.js
        Angular = angularjs, angular.js > JavaScript
        Svelte > JavaScript
        jQuery > JavaScript
        Node.js = nodejs, node js > JavaScript
        Express.js = expressjs, express.js > Node.js
        NestJS = nest.js > Node.js
        Deno > JavaScript
        Webpack
        Vite
        GraphQL
        REST APIs = rest api, restful, restful apis, rest services, api development, api design
        gRPC
        WebSockets = websocket
        WebAssembly = wasm
        WordPress
        Drupal
        Shopify
        Magento
        Jest > Unit Testing
        Cypress
        Playwright
        Selenium
        Storybook
        Web Performance = core web vitals
        Microservices = micro services, microservice architecture
        """

    static let data = """
        SQL = structured query language
        PostgreSQL = postgres, psql, pgsql > SQL
        MySQL = mariadb > SQL
        SQL Server = mssql, ms sql, t-sql, tsql, microsoft sql server > SQL
        Oracle Database = oracle db, pl/sql, plsql, oracle sql > SQL
        SQLite > SQL
        MongoDB = mongo > NoSQL
        Redis
        Cassandra > NoSQL
        DynamoDB > NoSQL
        NoSQL
        Elasticsearch = elastic search, opensearch
        Neo4j = graph databases
        Apache Kafka = kafka
        RabbitMQ
        Apache Spark = pyspark, spark sql
        Hadoop = hdfs, mapreduce
        Apache Hive
        Apache Airflow = airflow
        Apache Flink = flink
        dbt!
        Snowflake!
        BigQuery = google bigquery > SQL
        Amazon Redshift = redshift > SQL
        Databricks
        ETL = elt, data pipelines, data pipeline
        Data Warehousing = data warehouse
        Data Modeling = data modelling
        Data Engineering
        Data Analysis = data analytics, analyzing data, analysing data
        Data Visualization = data visualisation, dashboards
        Data Science
        Machine Learning = ml, predictive modeling
        Deep Learning = neural networks > Machine Learning
        Natural Language Processing = nlp > Machine Learning
        Computer Vision = opencv > Machine Learning
        Large Language Models = llm, llms, generative ai, prompt engineering
        TensorFlow > Machine Learning
        PyTorch > Machine Learning
        scikit-learn = sklearn, scikit learn > Machine Learning
        Keras > Machine Learning
        pandas > Python
        NumPy > Python
        Jupyter = jupyter notebook, jupyter notebooks
        Statistics = statistical analysis, statistical modeling
        SPSS
        SAS!
        Stata
        Tableau > Data Visualization
        Power BI = powerbi > Data Visualization
        Looker = looker studio, google data studio > Data Visualization
        Qlik = qlikview, qlik sense > Data Visualization
        A/B Testing = ab testing, split testing, experimentation
        Business Intelligence = bi reporting
        Data Governance
        """

    static let infrastructure = """
        AWS = amazon web services, ec2, aws lambda
        Google Cloud = gcp, google cloud platform
        Azure = microsoft azure
        Docker = containers, containerization
        Kubernetes = k8s, kube, eks, gke, aks
        Helm! = helm charts > Kubernetes
        OpenShift > Kubernetes
        Terraform > Infrastructure as Code
        Infrastructure as Code = iac, cloudformation, pulumi
        Ansible
        Puppet!
        Chef! = chef infra
        Jenkins > CI/CD
        GitHub Actions > CI/CD
        GitLab CI = gitlab ci/cd > CI/CD
        CircleCI > CI/CD
        CI/CD = ci cd, continuous integration, continuous delivery, continuous deployment
        Argo CD = argocd, gitops
        Azure DevOps > CI/CD
        DevOps
        Site Reliability Engineering = sre
        Prometheus
        Grafana
        Datadog
        Splunk
        ELK Stack = logstash, kibana
        OpenTelemetry
        Nginx
        Linux = ubuntu, debian, red hat, rhel, centos
        Unix
        Windows Server = active directory
        VMware = vsphere
        Networking = tcp/ip, computer networks
        Cisco = ccna, ccnp
        DNS
        Load Balancing
        Serverless
        Git = github, gitlab, bitbucket, version control
        System Administration = sysadmin, systems administration
        IT Support = help desk, helpdesk, technical support, desktop support
        Distributed Systems
        Event-Driven Architecture = event driven, event sourcing
        System Design = software architecture
        """

    static let security = """
        Cybersecurity = information security, cyber security, infosec
        Penetration Testing = pentesting, ethical hacking
        OWASP = application security, appsec
        Identity and Access Management = iam, sso, single sign-on
        OAuth = oauth2, openid connect, oidc
        Cryptography = encryption
        SIEM
        Incident Response
        Vulnerability Management
        ISO 27001
        SOC 2
        Network Security = firewalls
        GDPR = data protection, data privacy
        """
}
