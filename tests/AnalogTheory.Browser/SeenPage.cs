using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PuppeteerSharp;
using PuppeteerSharp.Media;
using PuppeteerSharp.PageAccessibility;

namespace AnalogTheory.Browser;

/// <summary>A page in a browser: what a person sees of it, and does to it.</summary>
public sealed class SeenPage : IAsyncDisposable
{
    private static readonly string s_checks = Resource("checks.js");

    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _faults = [];

    internal SeenPage(IPage page)
    {
        _page = page;
        page.PageError += (_, told) => _faults.Enqueue($"script: {told.Message}");
        page.Console += (_, told) =>
        {
            if (told.Message.Type == ConsoleType.Error)
            {
                _faults.Enqueue($"console: {told.Message.Text}");
            }
        };
        page.Request += (_, told) =>
        {
            if (new Uri(told.Request.Url).Scheme is not ("file" or "data" or "blob" or "about"))
            {
                _faults.Enqueue($"asks the network for {told.Request.Url}");
            }
        };
    }

    /// <summary>Errors of scripts, files that were not found, and whatever the page asked of the network.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>The value of an expression on the page; <c>checks</c> is the object of checks.js.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="expression">JavaScript.</param>
    public Task<T> AskAsync<T>(string expression) => _page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Waits until an expression on the page holds.</summary>
    /// <param name="expression">JavaScript.</param>
    public Task WaitAsync(string expression) => _page.WaitForExpressionAsync(expression);

    /// <summary>Presses a key and lets it go.</summary>
    /// <param name="key">Its name, such as <c>Tab</c> or <c>ArrowDown</c>.</param>
    public Task PressAsync(string key) => _page.Keyboard.PressAsync(key);

    /// <summary>Gives the focus to an element.</summary>
    /// <param name="selector">CSS selector of it.</param>
    public Task FocusAsync(string selector) => _page.FocusAsync(selector);

    /// <summary>Types a text.</summary>
    /// <param name="text">The text.</param>
    public Task TypeAsync(string text) => _page.Keyboard.TypeAsync(text);

    /// <summary>Clicks with the mouse.</summary>
    /// <param name="x">Place from the left edge of the window.</param>
    /// <param name="y">Place from its upper edge.</param>
    public Task ClickAsync(double x, double y) => _page.Mouse.ClickAsync((decimal)x, (decimal)y);

    /// <summary>Reaches each place that the keyboard stops at, in their order.</summary>
    /// <param name="most">More stops than this are no page.</param>
    /// <returns>What each is called; where its focus is not to be seen, its name ends so.</returns>
    public async Task<IReadOnlyList<string>> TabThroughAsync(int most = 400)
    {
        List<string> stops = [];
        while (stops.Count < most)
        {
            await PressAsync("Tab");
            if (await AskAsync<string>("checks.focused()") is not { Length: > 0 } stop)
            {
                break;
            }

            stops.Add(stop);
        }

        return stops;
    }

    /// <summary>Every element that is read out, with its role.</summary>
    public async Task<IReadOnlyList<(string Role, string Name)>> ReadOutAsync()
    {
        return [.. Below(await _page.Accessibility.SnapshotAsync())];

        static IEnumerable<(string, string)> Below(SerializedAXNode node) =>
            (node.Children ?? []).SelectMany(Below).Prepend((node.Role ?? "", node.Name ?? ""));
    }

    /// <summary>Takes a picture of the whole page.</summary>
    /// <param name="file">PNG file.</param>
    public Task PictureAsync(string file) => _page.ScreenshotAsync(file, new ScreenshotOptions { FullPage = true });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _page.DisposeAsync();

    internal async Task GoAsync(string address, int width, bool isDark)
    {
        await _page.SetViewportAsync(
            new ViewPortOptions
            {
                Width = width,
                Height = 900,
                IsMobile = width < 600,
            }
        );
        await _page.EmulateMediaFeaturesAsync([
            new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" },
        ]);
        await _page.EvaluateExpressionOnNewDocumentAsync(s_checks);
        await _page.GoToAsync(address, WaitUntilNavigation.Load);
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(SeenPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
