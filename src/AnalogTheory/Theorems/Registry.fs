namespace AnalogTheory

/// Every claim in every variant: what the tests, the ledger, the tool and the figures iterate. A new theorem is a new file and a line here.
[<RequireQualifiedAccess>]
module Registry =

    /// All claims, in the order of theory.md.
    let all: ITheorem list =
        [ AnalogSgdStep.all
          AnalogSgdConvergence.all
          NoiseFree.all
          FloorLimit.all
          AnalogFloor.all
          ImplicitPenalty.all
          MonotoneWeights.all
          LowerBound.all
          TikiTakaStep.all
          AuxiliaryArray.all
          BoundedAuxiliary.all
          TikiTakaFloor.all ]
        |> List.concat

    /// The claim with an identifier.
    let tryFind (id: string) : ITheorem option = all |> List.tryFind (fun theorem -> theorem.Id = id)
