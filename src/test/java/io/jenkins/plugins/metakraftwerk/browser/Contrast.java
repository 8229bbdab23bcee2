package io.jenkins.plugins.metakraftwerk.browser;

import java.util.List;

/** How well the texts of a page can be read. */
final class Contrast {

    /** As WCAG wants it for texts of any size. */
    private static final double LEAST = 4.5;

    /** As a dark theme has it, which gives the colours of Jenkins other values. */
    private static final String DARK = """
            :root {
              --background: #17181c; --text-color: #f5f6fa; --text-color-secondary: #9aa1b0;
              --orange: #ffa63d; --red: #ff5a4d; --green: #46d36b; --accent-color: #8fb4ff; --link-color: #8fb4ff;
              --table-background: #1e2026; --card-background: #1e2026; --input-color: #1c1e24; --input-border: #3a3f4b;
              --white: #f5f6fa; color-scheme: dark
            }
            """;

    private static final String DARKEN = """
            const dark = new CSSStyleSheet();
            dark.replaceSync(arguments[0]);
            document.adoptedStyleSheets.push(dark);
            """;

    /** Each text within, with what it is on, below the least ratio. */
    private static final String MEASURE = """
            const still = new CSSStyleSheet();
            still.replaceSync('* { transition: none !important; animation: none !important }');
            document.adoptedStyleSheets.push(still);
            const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgba = (color) => {
              pixel.clearRect(0, 0, 1, 1);
              pixel.fillStyle = color;
              pixel.fillRect(0, 0, 1, 1);
              const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
              return [r, g, b, a / 255];
            };
            const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
            const ground = (element) =>
              element === null
                ? [255, 255, 255]
                : over(rgba(getComputedStyle(element).backgroundColor), ground(element.parentElement));
            const opacity = (element) =>
              element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement);
            const light = (color) => {
              const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ratio = (element, pseudo) => {
              const below = ground(element);
              const [r, g, b, a] = rgba(getComputedStyle(element, pseudo).color);
              const text = light(over([r, g, b, a * opacity(element)], below));
              const back = light(below);
              return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
            };
            const seen = (element) =>
              element.getClientRects().length > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
            const dim = [];
            let texts = 0;
            const judge = (element, pseudo, text) => {
              texts++;
              const found = ratio(element, pseudo);
              if (found < arguments[1]) {
                dim.push(found.toFixed(2) + ' ' + element.tagName + '.' + element.className + (pseudo || '') + ': ' + text.trim().slice(0, 60));
              }
            };
            const all = new Set([...document.querySelectorAll(arguments[0])].flatMap((top) => [top, ...top.querySelectorAll('*')]));
            for (const element of all) {
              if (!seen(element) || element.tagName === 'OPTION') continue;
              for (const node of element.childNodes) {
                if (node.nodeType === Node.TEXT_NODE && node.data.trim()) judge(element, null, node.data);
              }
              const label = getComputedStyle(element, '::before');
              if (/"[^"]/.test(label.content) && label.display !== 'none') judge(element, '::before', label.content);
              if (element.placeholder && !element.value) judge(element, '::placeholder', element.placeholder);
              else if (element.value && element.tagName === 'INPUT' && element.type === 'text') judge(element, null, element.value);
            }
            return texts === 0 ? ['no text at all'] : dim;
            """;

    private Contrast() {}

    static void darken(Browser browser) {
        browser.driver().executeScript(DARKEN, DARK);
    }

    /**
     * The texts that are too faint.
     *
     * @param within a CSS selector of what is measured
     */
    @SuppressWarnings("unchecked")
    static List<String> tooFaint(Browser browser, String within) {
        return (List<String>) browser.driver().executeScript(MEASURE, within, LEAST);
    }
}
