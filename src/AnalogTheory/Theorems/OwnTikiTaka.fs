namespace AnalogTheory

open System

/// A training by Tiki-Taka of one's own, on which published claims are checked.
[<NoEquality; NoComparison>]
type OwnTikiTaka =
    {
        /// f, with the constants that one vouches for.
        Problem: Problem
        /// ε.
        Noise: Noise
        /// Device of P; the claims are about the asymmetric linear one with w⋄ = 0 and say so of others.
        Auxiliary: Device
        /// Device of W.
        Main: Device
        /// α, rate of W.
        TransferRate: float
        /// β, rate of P.
        LearningRate: float
        /// W₀; P₀ = 0.
        Start: Weights
    }

/// Published claims about Tiki-Taka on instances of one's own: T2, T5 and T7 about the first step, T4 about P while W stays where it is.
[<RequireQualifiedAccess>]
module OwnTikiTaka =

    let private radius (device: Device) : float =
        let half = 0.5 * (device.Upper - device.Lower)
        if Double.IsFinite half && half > 0.0 then half else 1.0

    /// The step of T2, T5 and T7, from W₀ and P₀ = 0.
    let step (training: OwnTikiTaka) : TikiTakaStep =
        let w = Weights.toArray training.Start

        TikiTakaStep.createOn
            training.Auxiliary
            training.Main
            (radius training.Auxiliary)
            training.Problem
            training.Noise
            training.TransferRate
            training.LearningRate
            w
            (Array.zeroCreate w.Length)

    /// <summary>The auxiliary array of T4 at W₀, one weight.</summary>
    /// <exception cref="T:System.ArgumentException">The problem has more than one weight.</exception>
    let auxiliary (name: string) (training: OwnTikiTaka) : AuxiliaryRun =
        if training.Problem.Dimension <> 1 then
            raise (ArgumentException($"Expected a problem of one weight for this claim, got {training.Problem} in '{name}'.", "trainings"))

        { Device = training.Auxiliary
          Radius = radius training.Auxiliary
          LearningRate = training.LearningRate
          Gradient = (training.Problem.Gradient training.Start)[0]
          Noise = training.Noise }

    /// <summary>The theorem with instances of one's own; None for theorems that are not about a step of Tiki-Taka or its auxiliary array.</summary>
    /// <param name="instances">Trainings by their names.</param>
    /// <param name="theorem">A theorem of the registry.</param>
    /// <exception cref="T:System.ArgumentException">A training is not of the form that the theorem speaks of, such as one weight.</exception>
    let tryOn (instances: (string * OwnTikiTaka) list) (theorem: ITheorem) : ITheorem option =
        let on make (theorem: Theorem<'Setting>) =
            Some(Theorem.pack { theorem with Instances = instances |> List.map (fun (name, training) -> name, make name training) })

        theorem.Accept
            { new ITheoremVisitor<ITheorem option> with
                member _.Visit theorem =
                    match box theorem with
                    | :? Theorem<TikiTakaStep list> as steps -> on (fun _ training -> [ step training ]) steps
                    | :? Theorem<AuxiliaryRun list> as runs -> on (fun name training -> [ auxiliary name training ]) runs
                    | _ -> None }
