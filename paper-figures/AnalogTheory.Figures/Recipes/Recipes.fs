namespace AnalogTheory.Figures

/// All recipes in the order of the page.
[<RequireQualifiedAccess>]
module Recipes =

    /// The paper's figures and table, the sequel's, and our own.
    let all: Recipe list =
        [ FloorFigure.recipe
          Figure1.recipe
          Figure2.recipe
          Figure3.recipe
          Figure4.left
          Figure4.middle
          Figure4.right
          Figure5.recipe
          Figure6.recipe
          Figure7.recipe
          Table1.recipe
          SequelFigure2.recipe
          PhaseFigure.recipe
          LowerBoundFigure.recipe
          DeviceVersionFigure.recipe
          WorstNoiseFigure.recipe
          DeviceFloorsFigure.recipe
          PotentialFigure.recipe
          ApplicabilityFigure.recipe
          DeviceAtlasFigure.recipe
          TransferFigure.recipe
          CostsTable.recipe
          NetworkCostsFigure.recipe
          yield! AtlasFigures.all ]
