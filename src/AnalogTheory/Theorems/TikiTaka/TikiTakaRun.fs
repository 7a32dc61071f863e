namespace AnalogTheory

open System
open AnalogTheory.Kernels.Rules

/// Tiki-Taka on one weight of f = (L/2)(w − w*)², L = 1, with an asymmetric linear device of radius τ = 1 for W.
[<NoEquality; NoComparison>]
type TikiTakaRun =
    {
        /// w*, which is W₀ too.
        Minimizer: float
        /// ε.
        Noise: Noise
        /// Device of P.
        Auxiliary: Device
        /// Rate of P on its device, weight²/loss: β, times F(w⋄) where the device is seen from its symmetric point.
        AuxiliaryRate: float
        /// α, rate of W, dimensionless.
        TransferRate: float
    }

/// What claims about Tiki-Taka's floor ask of such runs.
[<RequireQualifiedAccess>]
module internal TikiTakaRun =

    /// Names of the hypotheses that keep P and W in their ranges, whatever the noise does.
    let smallRateName = "T3: β|g_d| ≤ τ surely"

    let transferName = "D2: α|P_d| ≤ τ surely"

    let private main = AsymmetricLinear.create 1.0

    /// A run with α = β·ratio and the asymmetric linear device for P, too.
    let create (minimizer: float) (noise: Noise) (beta: float) (ratio: float) : TikiTakaRun =
        { Minimizer = minimizer
          Noise = noise
          Auxiliary = main
          AuxiliaryRate = beta
          TransferRate = ratio * beta }

    let private slope (run: TikiTakaRun) w = w - run.Minimizer
    let private moments (run: TikiTakaRun) w = run.Noise.Moments (Weights.ofArray [| w |]) 0

    /// Steps in units of 1/α, at least one.
    let steps (run: TikiTakaRun) (time: float) : int64 = max 1L (int64 (time / run.TransferRate))

    /// Averages over some time after a burn-in, both in units of 1/α.
    let averaged (burnIn: float) (time: float) (run: TikiTakaRun) : AveragedRun =
        { Problem = Quadratic.isotropic 1 1.0 run.Minimizer
          Noise = run.Noise
          Rule = Rule.pack (TikiTaka.createWith run.TransferRate run.AuxiliaryRate run.Auxiliary main)
          Start = Weights.ofArray [| run.Minimizer |]
          BurnIn = (if burnIn = 0.0 then 0L else steps run burnIn)
          Steps = steps run time }

    // What keeps a linear device in its range: |Δ| times its steepest response.
    let private steepness (device: Device) =
        8.0 * Math.Max(abs (device.Up 0.0 - device.Up 0.125), abs (device.Down 0.125 - device.Down 0.0))

    let private reach (device: Device) = Math.Max(abs device.Lower, abs device.Upper)

    /// Weights that W can reach in a number of steps, P and αP in their ranges: of its distance from ±τ a step leaves at least the share 1 − α·max|P|.
    let private weights (run: TikiTakaRun) (count: int64) =
        let left = Math.Pow(Math.Max(0.0, 1.0 - run.TransferRate * reach run.Auxiliary), float count)
        -1.0 + (1.0 + run.Minimizer) * left, 1.0 - (1.0 - run.Minimizer) * left

    /// Margins of the two hypotheses over a number of steps. They make ‖∇f‖² bounded surely; noise that grows without bound towards ±τ counts with its
    /// largest value on the weights that can be reached.
    let conditions (time: float) (run: TikiTakaRun) : (string * float) list =
        let low, high = weights run (steps run time)

        let largest = [ low; high ] |> List.map (fun w -> abs (slope run w) + (moments run w).Bound) |> List.max

        [ smallRateName, 1.0 - run.AuxiliaryRate * steepness run.Auxiliary * largest
          transferName, 1.0 - run.TransferRate * reach run.Auxiliary ]

    /// Range of ‖∇f‖² over |w| ≤ τ.
    let gradientRange (run: TikiTakaRun) : float * float = ReplicaMargin.quadraticRange 1.0 run.Minimizer 1.0

    /// <summary>Stationary E‖∇f‖² by Ulam's method on (W, P).</summary>
    /// <param name="cells">Cells of W on the coarsest of three grids; those of P follow.</param>
    /// <param name="atoms">The noise as atoms.</param>
    /// <param name="centre">A weight that W is often near.</param>
    /// <param name="run">The run.</param>
    let stationary (cells: int) (atoms: NoiseAtoms) (centre: float) (run: TikiTakaRun) : Discretised =
        let rule = TwoArrays.TikiTaka(run.Auxiliary.Law, main.Law, run.AuxiliaryRate, run.TransferRate)
        // Deviations of W and P are about .15√β and .5√β for σ = .3 and α = β/8; P hardly passes τ.
        let root = sqrt run.AuxiliaryRate
        let halfW, halfP = 1.1 * root, Math.Min(2.2, 3.8 * root)

        let chain =
            PlaneChain.ofRule
                rule
                (slope run)
                atoms
                (struct (centre - halfW, centre + halfW))
                (struct (-halfP, halfP))
                (struct (centre, 0.0))

        // Ten cells of W go with cells of P at most two of its steps wide.
        let grid =
            { Main = 6 * cells
              Auxiliary = 4 * int (0.1 * float cells * (12.0 + 4.0 / root)) }

        PlaneLaw.expectations grid chain [ fun w _ -> pown (slope run w) 2 ] |> List.head

    /// The noise as atoms; finite supports only.
    let atoms (run: TikiTakaRun) : NoiseAtoms = NoiseAtoms.finite (moments run)
