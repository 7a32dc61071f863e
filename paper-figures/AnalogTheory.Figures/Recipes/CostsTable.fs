namespace AnalogTheory.Figures

open AnalogTheory
open AnalogTheory.Plotting

/// What each imperfection of an array costs.
[<RequireQualifiedAccess>]
module CostsTable =

    let private defaults = ImperfectionCosts.defaults

    let private draw (tables: Table list) =
        let costs = Curves.table "costs" tables

        let cell algorithm case =
            let rows = Table.where "case" case (Table.where "algorithm" algorithm costs)
            let mean, upper = (Table.numbers "mean" rows)[0], (Table.numbers "upper" rows)[0]
            $"{Words.rounded 3 mean} ± {Words.rounded 2 (upper - mean)}"

        Set
            { Heads = "Imperfections" :: [ for algorithm in defaults.Algorithms -> algorithm ]
              Rows = [ for case in Curves.labels "case" costs -> case :: [ for algorithm in defaults.Algorithms -> cell algorithm case ] ] }

    /// The recipe.
    let recipe: Recipe =
        { Id = "costs"
          Title = "What each imperfection costs"
          Caption =
            fun _ ->
                $"Loss at the end of training (mean of the last {Words.number (float defaults.Averaged)} of {Words.number (float defaults.Study.Steps)} iterations, ± half of the 95 %% interval over seeds of elements, reads and pulses) of a least-squares problem like that of Figure 3 on {fst defaults.Device}, with AIHWKIT's default spreads, noise and reads: "
                + "everything, all but one imperfection, nothing, and one alone. Cases share their elements and their random numbers. Tiki-Taka's own damping is the response: without it its two arrays swing about each other."
          Parameters = fun () -> ParameterWords.ofRecord defaults
          Divergences = [ "Our own table." ]
          Notes = fun _ -> []
          Compute = fun budget key -> [ ImperfectionCosts.run { budget with Seeds = max 2 (budget.Seeds / 4) } key defaults ]
          Draw = draw }
