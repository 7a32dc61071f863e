namespace AnalogTheory

/// Every claim in every variant: what the tests, the ledger, the tool and the figures iterate. A new theorem is a new file and a line here.
[<RequireQualifiedAccess>]
module Registry =

    // D before S before L before T before N, as in the ledger, then by number; variants keep the order of their files.
    let private place (theorem: ITheorem) : int * int =
        let digits = theorem.Id.Substring 1 |> Seq.takeWhile System.Char.IsAsciiDigit |> Seq.toArray |> System.String
        "DSLTN".IndexOf theorem.Id[0], (if digits = "" then 0 else int digits)

    /// All claims, in the order of the theory: devices, Analog SGD, the lower bound, Tiki-Taka, beyond the papers.
    let all: ITheorem list =
        [ Algebraic.all
          AnalogSgdStep.all
          AnalogSgdConvergence.all
          DeviceDescent.all
          DeviceConvergence.all
          SequelConvergence.all
          DeviceWorstNoise.all
          FloorCeiling.all
          DevicePotential.all
          NoiseFree.all
          FloorLimit.all
          AnalogFloor.all
          ImplicitPenalty.all
          ArrayFloor.all
          MonotoneWeights.all
          LowerBound.all
          LowerBoundRules.all
          DeviceFloor.all
          AuxiliaryDecay.all
          TikiTakaDrift.all
          AuxiliaryShrinkage.all
          AuxiliaryArray.all
          BoundedAuxiliary.all
          TikiTakaRate.all
          TikiTakaFloor.all
          ResidualFloor.all
          AuxiliaryBoundSharp.all
          ZeroShiftCost.all
          RiderHypothesis.all
          PulseFloor.all
          PulseTrainError.all ]
        |> List.concat
        |> List.sortBy place

    /// <summary>The claim with an identifier.</summary>
    /// <param name="id">Identifier, such as "T6"; case matters.</param>
    let tryFind (id: string) : ITheorem option = all |> List.tryFind (fun theorem -> theorem.Id = id)
