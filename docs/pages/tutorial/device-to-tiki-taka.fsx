(**
---
title: From the device to the floor to Tiki-Taka
category: Tutorial
index: 1
---
# From the device to the floor to Tiki-Taka

One weight is enough to see what resistive devices do to gradient descent, why no learning rate repairs it, and how a second array does. The pictures are drawn with
[ScottPlot](https://scottplot.net); everything else is AnalogTheory.
*)
#r "nuget: AnalogTheory"
#r "nuget: ScottPlot, 5.1.59"

open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open ScottPlot

(**
## A device

A voltage pulse moves a conductance up or down. How far depends on where it stands: a device that is nearly full takes small steps up and large ones down. Two functions say so,
$q_+$ for steps up and $q_-$ for steps down. The asymmetric linear device, to which many devices are close around the middle of their range, is

$$
q_+(w) = 1 - \frac{w}{\tau}, \qquad q_-(w) = 1 + \frac{w}{\tau}
$$

on $[-\tau, \tau]$ ([arXiv 2406.12774v1](https://arxiv.org/abs/2406.12774v1), eq. 8).
*)
let device = AsymmetricLinear.create 1.0

for w in [ -0.5; 0.0; 0.5 ] do
    printfn $"at w = {w, 4}: a step of 0.1 up moves it to {device.Update(w, 0.1):F3}, one down to {device.Update(w, -0.1):F3}"
(*** include-output ***)
(**
Up and down differ by $2|\Delta|G$, with $G = (q_- - q_+)/2 = w/\tau$ here. At the symmetric point, $w = 0$, they agree.
*)
let weights = [| for i in -100 .. 100 -> float i / 100.0 |]
let responses = new Plot()
let up = responses.Add.ScatterLine(weights, [| for w in weights -> device.Up w |])
up.LegendText <- "q₊, steps up"
up.LineWidth <- 3f
let down = responses.Add.ScatterLine(weights, [| for w in weights -> device.Down w |])
down.LegendText <- "q₋, steps down"
down.LineWidth <- 3f
responses.XLabel "weight w"
responses.YLabel "response"
responses.ShowLegend(Alignment.UpperCenter) |> ignore
responses.ScaleFactor <- 2.0
responses.SavePng("responses.png", 1300, 800) |> ignore
(**
![The responses of the asymmetric linear device: steps up shrink, and steps down grow, as the weight rises](responses.png)

## Noise that does not average out

Put the weight where the gradient is zero and let the gradient be noise: $+0.3$ or $-0.3$ with equal chance. In digital arithmetic the expected step is 0. On the device it is not:

$$
\mathbb{E}[w' - w] = -\alpha\,\mathbb{E}|\varepsilon|\,G(w)
$$

(claim [S1](../claims/S1.html)). The weight is pulled to the symmetric point, by noise alone.
*)
let w, rate = 0.6, 0.1
let steps = [ for noise in [ 0.3; -0.3 ] -> device.Update(w, -rate * noise) - w ]

printfn
    $"steps {steps[0]:F4} and {steps[1]:F4}; their mean is {List.average steps:F4}, and -α E|ε| G(w) = {-rate * 0.3 * device.Asymmetric w:F4}"
(*** include-output ***)
(**
## The floor

Now train: $f(w) = (w - 0.6)^2/2$ with this noise. The gradient pushes towards 0.6, the noise pulls towards 0, and the weight settles where both balance. Both forces are proportional to the
learning rate, so the balance does not depend on it. Digital SGD has no such force.
*)
let minimizer = 0.6
let problem = Quadratic.isotropic 1 1.0 minimizer
let noise = Noise.rademacher 0.3

let longRun (rate: float) (rule: Rule<'State>) : Estimate =
    let steps = int64 (300.0 / rate)

    let settings =
        { Ensemble.settings 128 steps (Key.ofSeed 1UL) with
            Measures = [ Measure MeasureKind.GradientNormSquared ]
            AverageFrom = Some(steps / 3L) }

    Chain.create problem noise rule (Weights.constant 1 minimizer) |> Ensemble.run settings |> Ensemble.average 0

let rates = [| 0.1; 0.05; 0.02; 0.01; 0.005; 0.002 |]
let digital = [| for rate in rates -> longRun rate (DigitalSgd.create rate) |]
let analog = [| for rate in rates -> longRun rate (AnalogSgd.create rate device) |]

for i in [ 0; 2; 5 ] do
    printfn $"α = {rates[i], -5}  Digital SGD {digital[i]}   Analog SGD {analog[i]}"
(*** include-output ***)
(**
The mean of $\|\nabla f\|^2$ in the long run is proportional to the rate in digital arithmetic. Analog SGD keeps a floor. Where it lies can be computed without simulating, as the point at which
the expected step vanishes:
*)
let floor = MeanField.quadraticFloor device 0.0 1.0 minimizer (fun w -> noise.Moments (Weights.constant 1 w) 0)
printfn $"floor {floor:F6}"
(*** include-output ***)
(**
The paper bounds the floor by $4\sigma^2 S_K$, with $S_K$ the mean of $\|W_k\|_\infty^2/\tau^2$ over $1 - \|W_k\|_\infty^2/\tau^2$; the derived constant is 1, and it is attained by one particular noise, the
lower bound's (claims [S3](../claims/S3-printed.html) and [L4](../claims/L4-sharp.html)). An even coin, as here, leaves less.

## Tiki-Taka

Tiki-Taka keeps a second array $P$ of devices, to which the noisy gradient is sent, and moves $W$ by what it reads from $P$:

$$
P' = U(P, \beta\,g), \qquad W' = U(W, -\alpha\,P').
$$

$P$ stands near its symmetric point, where the device is symmetric, so the noise that acts on it does little harm, and $W$ sees an averaged gradient instead of a noisy one.
*)
let tikiTaka =
    [| for rate in rates -> longRun (rate / 8.0) (TikiTaka.Of(transferRate = rate / 8.0, learningRate = rate, device = device)) |]

for i in [ 0; 2; 5 ] do
    printfn $"β = {rates[i], -5}  Tiki-Taka {tikiTaka[i]}"
(*** include-output ***)
let floors = new Plot()

for name, estimates in [ "Digital SGD", digital; "Analog SGD", analog; "Tiki-Taka", tikiTaka ] do
    let line = floors.Add.Scatter([| for rate in rates -> log10 rate |], [| for estimate in estimates -> log10 estimate.Mean |])
    line.LegendText <- name
    line.LineWidth <- 3f
    line.MarkerSize <- 9f

let bound = floors.Add.HorizontalLine(log10 floor)
bound.LinePattern <- LinePattern.Dashed
bound.LegendText <- "floor by the mean field"
floors.XLabel "learning rate"
floors.YLabel "mean of |∇f|² in the long run"
floors.Axes.Bottom.SetTicks([| for rate in rates -> log10 rate |], [| for rate in rates -> $"{rate}" |])
floors.Axes.Left.SetTicks([| -5.0 .. -1.0 |], [| "0.00001"; "0.0001"; "0.001"; "0.01"; "0.1" |])
floors.ShowLegend(Alignment.LowerRight) |> ignore
floors.ScaleFactor <- 2.0
floors.SavePng("floors.png", 1300, 900) |> ignore
(**
![In the long run, Digital SGD and Tiki-Taka fall with the learning rate, Analog SGD stops at its floor](floors.png)

With the rate, Tiki-Taka falls without a floor, as digital SGD does: on this instance, and for all instances in the limit of Theorem 4's rates (claims
[T9](../claims/T9-proportional.html)).

## Where to go on

Your device is another one? [A device of your own](../how-to/own-device.html) takes two functions, [measured data](../how-to/measured-data.html) a file. Which of the theorems speaks about
your training, and by how much the others miss it: [which theorem applies to my device?](../theory/which-theorem.html)
*)
