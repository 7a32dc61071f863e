namespace AnalogTheory.Site

/// What is wrong with a page, or with the site: where, and what a person can do about it.
type Problem =
    {
        /// Page or file.
        Where: string
        /// What is wrong.
        What: string
    }

/// The site cannot be made; every problem that was found.
exception SiteBroken of Problem list
