namespace AnalogTheory

/// Where a formula or a claim comes from; equation numbers belong to one version of one text.
type Source =
    {
        /// Key in proofs-checks/references.bib.
        Key: string
        /// Version of the text, such as "v1"; empty for our own derivations.
        Version: string
        /// Equation, theorem or section in that version.
        Place: string
    }

    /// The citation in one line, such as "arXiv 2406.12774v1, eq. 8".
    override source.ToString() =
        match source.Key with
        | "wu2024exact" -> $"arXiv 2406.12774{source.Version}, {source.Place}"
        | "residual2025" -> $"arXiv 2502.06309, {source.Place}"
        | key when source.Place = "" -> key
        | key -> invariant $"{key}, {source.Place}"

/// Sources used throughout.
[<RequireQualifiedAccess>]
module Source =

    /// <summary>The paper, arXiv 2406.12774v1.</summary>
    /// <param name="place">Where in it, such as "Theorem 3" or "eq. (7)".</param>
    let paper (place: string) : Source = { Key = "wu2024exact"; Version = "v1"; Place = place }

    /// <summary>Its sequel, arXiv 2502.06309.</summary>
    /// <param name="place">Where in it, such as "Theorem 3" or "eq. (7)".</param>
    let sequel (place: string) : Source = { Key = "residual2025"; Version = ""; Place = place }

    /// <summary>Derived for this project; the place says where the derivation stands.</summary>
    /// <param name="place">Where in it, such as "Theorem 3" or "eq. (7)".</param>
    let derived (place: string) : Source = { Key = "derived"; Version = ""; Place = place }
