using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class LongRunTests
{
    // Longer than anybody waits: only cancelling ends it.
    private static readonly EnsembleSettings s_endless = new(replicas: 8, steps: long.MaxValue / 2, seed: 1);

    [Fact]
    public async Task Cancelling_ends_an_ensemble()
    {
        using CancellationTokenSource source = new();
        Task<Ensemble> run = Samples.Analog.RunEnsembleAsync(s_endless, cancellationToken: source.Token);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            run.WaitAsync(TimeSpan.FromSeconds(20))
        );
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task Cancelling_ends_a_grid()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(20));
        Task run = Simulation.RunGridAsync([Samples.Analog, Samples.Analog], s_endless, cancellationToken: source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Cancelling_ends_a_stream_even_between_its_states()
    {
        using CancellationTokenSource source = new();
        await using IAsyncEnumerator<Snapshot> states = Samples
            .Analog.TrajectoryAsync(long.MaxValue, 1, every: long.MaxValue, cancellationToken: source.Token)
            .GetAsyncEnumerator();
        Assert.True(await states.MoveNextAsync());
        Task<bool> next = states.MoveNextAsync().AsTask();
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_token_cancelled_before_starts_nothing()
    {
        CancellationToken cancelled = new(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Samples.Analog.RunEnsembleAsync(s_endless, cancellationToken: cancelled)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Progress_rises_to_one(int threads)
    {
        Reports reports = new();
        await Simulation.RunGridAsync(
            [Samples.Analog, Samples.Analog, Samples.Analog],
            Samples.Settings with
            {
                Replicas = 500,
                Threads = threads,
            },
            reports,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1.0, reports.Values[^1]);
        Assert.True(reports.Values.Count > 3);
        Assert.Equal(reports.Values.Distinct().Order(), reports.Values);
    }

    [Fact]
    public async Task Progress_of_nothing_is_one()
    {
        Reports reports = new();
        await Simulation.RunGridAsync([], Samples.Settings, reports, TestContext.Current.CancellationToken);
        Assert.Equal([1.0], reports.Values);
    }

    [Fact]
    public async Task Errors_of_arguments_are_raised_at_the_call_and_not_by_the_task()
    {
        Assert.Throws<ArgumentNullException>(
            "settings",
            () =>
            {
                _ = Simulation.RunGridAsync([Samples.Analog], null!);
            }
        );
        Assert.Throws<ArgumentException>("every", () => Samples.Analog.Trajectory(1, 1, every: 0));
        Assert.Throws<ArgumentException>("steps", () => Samples.Analog.TrajectoryAsync(-1, 1));
        await Assert.ThrowsAsync<ArgumentNullException>("settings", () => Samples.Analog.RunEnsembleAsync(null!));
    }

    // Early reports take longer, so that later ones would overtake them if they could.
    private sealed class Reports : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value)
        {
            Thread.Sleep(TimeSpan.FromMilliseconds(20.0 * (1.0 - value)));
            Values.Add(value);
        }
    }
}
