namespace AnalogTheory

open System
open AnalogTheory.Kernels.Rules

/// State of the rules with two arrays.
[<NoComparison>]
type TwoArrayState =
    {
        /// W, the main array.
        Main: Weights
        /// P, the auxiliary (residual) array.
        Auxiliary: Weights
    }

/// Rules with an auxiliary array.
[<RequireQualifiedAccess>]
module TwoArrayRule =

    /// A rule with state (W, P), P₀ = 0, and its gradient taken at W + γP.
    let internal create name source form (kernel: UpdateRule) : Rule<TwoArrayState> =
        let mixing = kernel.Mixing

        let probe state =
            if mixing = 0.0 then
                state.Main
            else
                Weights.map2 (fun w p -> Math.FusedMultiplyAdd(mixing, p, w)) state.Main state.Auxiliary

        let step (_: Key) (gradient: Gradient) (state: TwoArrayState) =
            Require.length "gradient" state.Main.Length gradient.Mean.Length
            let w, p = Weights.toArray state.Main, Weights.toArray state.Auxiliary
            kernel.Step(Span<float>(w), Span<float>(p), gradient.Mean.Span, Rule.magnitude gradient)
            let info = Rule.info state.Main w p

            struct ({ Main = Weights.freeze state.Main.Shape w
                      Auxiliary = Weights.freeze state.Auxiliary.Shape p },
                    info)

        { Name = name
          Source = source
          Form = form
          Init = fun w -> { Main = w; Auxiliary = Weights.map (fun _ -> 0.0) w }
          Probe = probe
          Step = step
          Weights = _.Main
          Auxiliary = fun state -> Some state.Auxiliary
          Kernel = kernel }
