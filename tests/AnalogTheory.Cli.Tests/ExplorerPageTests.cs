using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Browser;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The explorer in a browser: with the keyboard alone, with the mouse, read out, and on a phone.</summary>
public class ExplorerPageTests(ExplorerPage explorer) : IClassFixture<ExplorerPage>
{
    private const string Focused = "(document.activeElement || {}).id || ''";

    [Theory]
    [InlineData(1280)]
    [InlineData(420)]
    public async Task The_keyboard_reaches_every_control_in_the_order_of_the_page_and_the_focus_is_seen(int width)
    {
        await using SeenPage page = await explorer.OpenAsync(width);
        string[] controls = await page.AskAsync<string[]>("checks.controls()");
        Assert.True(controls.Length > 16, string.Join(", ", controls));
        Assert.Equal(controls, await page.TabThroughAsync());
    }

    [Fact]
    public async Task By_the_keyboard_alone_every_control_changes_what_is_shown_and_what_is_told_and_changes_it_back()
    {
        await using SeenPage page = await explorer.OpenAsync();
        List<string> worked = [];
        string first = await Seen(page);
        while (await Next(page) is { Length: > 0 } control)
        {
            if (await Keys(page, control) is not var (there, back))
            {
                continue;
            }

            string address = await page.AskAsync<string>("location.hash");
            string told = await page.AskAsync<string>("document.getElementById('status').textContent");
            await page.PressAsync(there);
            Assert.True(await Seen(page) != first, $"{control} changes nothing");
            Assert.True(await page.AskAsync<string>("location.hash") != address, $"{control} leaves the address as it is");
            Assert.True(
                control.StartsWith("log", StringComparison.Ordinal)
                    || await page.AskAsync<string>("document.getElementById('status').textContent") != told,
                $"{control} changes what nobody is told"
            );
            Assert.Equal(control, await page.AskAsync<string>(Focused));
            await page.PressAsync(back);
            Assert.True(await Seen(page) == first, $"{control} does not change back");
            worked.Add(control);
        }

        Assert.Equal(
            ["table", "measure", "at-algorithm", "at-tau", "at-sigma", "x", "y", "show", "along", "by", "log-x", "log-y", "log-value"],
            worked
        );
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task The_address_of_a_view_opens_it_anywhere_and_the_buttons_copy_it_and_leave_it()
    {
        await using SeenPage page = await explorer.OpenAsync();
        string first = await Seen(page);
        await Until(page, "at-sigma");
        await page.PressAsync("ArrowDown");
        await Until(page, "show");
        await page.PressAsync("ArrowDown");
        await Until(page, "log-value");
        await page.PressAsync("Space");
        await Until(page, "copy");
        await page.PressAsync("Enter");
        string address = await page.AskAsync<string>("document.getElementById('address').value");
        Assert.Equal("address", await page.AskAsync<string>(Focused));
        (string seen, string chosen) = (await Seen(page), await page.AskAsync<string>(ExplorerPage.Chosen));
        Assert.NotEqual(first, seen);

        await using SeenPage other = await explorer.OpenAsync(hash: address[address.IndexOf('#', StringComparison.Ordinal)..]);
        Assert.Equal((seen, chosen), (await Seen(other), await other.AskAsync<string>(ExplorerPage.Chosen)));

        await Until(page, "reset");
        await page.PressAsync("Enter");
        Assert.Equal(first, await Seen(page));
    }

    [Fact]
    public async Task A_click_on_the_map_moves_the_cut_there()
    {
        await using SeenPage page = await explorer.OpenAsync();
        string first = await Seen(page);
        double[] place = await page.AskAsync<double[]>(
            "(() => { const box = document.querySelector('#map .nsewdrag').getBoundingClientRect(); return [box.left + 0.9 * box.width, box.top + 0.1 * box.height]; })()"
        );
        await page.ClickAsync(place[0], place[1]);
        await page.WaitAsync("document.getElementById('at-tau').value === '4' && document.getElementById('at-sigma').value === '0.4'");
        Assert.NotEqual(first, await Seen(page));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(420)]
    public async Task Words_stand_out_nothing_is_cut_off_and_nothing_is_asked_of_the_network(int width)
    {
        await using SeenPage page = await explorer.OpenAsync(width);
        await page.AskAsync<object?>("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        Assert.Empty(await page.AskAsync<string[]>("checks.pale(4.5)"));
        Assert.Empty(await page.AskAsync<string[]>("checks.wide()"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Read_out_every_control_has_a_name_and_the_map_says_what_it_shows()
    {
        await using SeenPage page = await explorer.OpenAsync();
        IReadOnlyList<(string Role, string Name)> read = await page.ReadOutAsync();
        string[] roles = ["combobox", "checkbox", "button", "link", "textbox", "region", "img", "image", "form", "DisclosureTriangle"];
        (string Role, string Name)[] named = [.. read.Where(one => roles.Contains(one.Role))];
        Assert.DoesNotContain(named, one => one.Name.Length == 0);
        Assert.Equal(named, named.Distinct());
        Assert.Equal(["Copy the address of this view", "First view of this table"], Names("button"));
        Assert.Equal(10, Names("combobox").Length);
        Assert.Equal(3, Names("checkbox").Length);
        Assert.Contains(
            read,
            one =>
                one.Name.StartsWith(
                    "Map of floor over tau (horizontal) and sigma (vertical): 12 values from 0.0025 to ",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            read,
            one => one.Name.Contains("3 curves for algorithm Digital SGD, Analog SGD, Tiki-Taka", StringComparison.Ordinal)
        );
        Assert.StartsWith(
            "Map of floor over tau",
            await page.AskAsync<string>("document.querySelector('[role=status][aria-live=polite]').textContent"),
            StringComparison.Ordinal
        );

        string[] Names(string role) => [.. named.Where(one => one.Role == role).Select(one => one.Name)];
    }

    private static Task<string> Seen(SeenPage page) => page.AskAsync<string>(ExplorerPage.Shown);

    private static async Task<string> Next(SeenPage page)
    {
        await page.PressAsync("Tab");
        // What has no name of its own is told by its tag.
        return await page.AskAsync<string>(
            "document.activeElement === document.body ? '' : document.activeElement.id || document.activeElement.tagName"
        );
    }

    private static async Task Until(SeenPage page, string control)
    {
        for (int i = 0; i < 60 && await page.AskAsync<string>(Focused) != control; i++)
        {
            await page.PressAsync("Tab");
        }

        Assert.Equal(control, await page.AskAsync<string>(Focused));
    }

    // Keys that change a control and change it back; null for what chooses nothing.
    private static async Task<(string There, string Back)?> Keys(SeenPage page, string control) =>
        await page.AskAsync<string>($"((one) => one && (one.type || ''))(document.getElementById('{control}'))") switch
        {
            "checkbox" => ("Space", "Space"),
            "select-one" => await page.AskAsync<bool>(
                $"((one) => one.selectedIndex < one.options.length - 1)(document.getElementById('{control}'))"
            )
                ? ("ArrowDown", "ArrowUp")
                : ("ArrowUp", "ArrowDown"),
            _ => null,
        };
}
