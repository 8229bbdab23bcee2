package io.jenkins.plugins.metakraftwerk.browser;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a page did until it was idle: no request outstanding, and none ended, and no task of 50 ms or more, for a second.
 *
 * @param seconds from the beginning of the navigation to the end of the last request or long task, or of the load
 * @param html characters of the page itself, decoded
 * @param requests the addresses of all that was asked for after the page itself
 */
record PageLoad(double seconds, long html, List<String> requests) {

    private static final String WATCH = """
            (() => {
              const seen = (window.pageLoad = { pending: 0, last: 0, urls: [] });
              const ended = (entry) => {
                seen.last = Math.max(seen.last, entry.startTime + entry.duration);
                if (entry.entryType === 'resource') seen.urls.push(entry.name);
              };
              const observer = new PerformanceObserver((list) => list.getEntries().forEach(ended));
              observer.observe({ type: 'resource', buffered: true });
              observer.observe({ type: 'longtask', buffered: true });
              observer.observe({ type: 'navigation', buffered: true });
              const ask = window.fetch;
              window.fetch = (...what) => {
                seen.pending++;
                return ask(...what).finally(() => seen.pending--);
              };
            })();
            """;

    private static final String IDLE = """
            const load = performance.getEntriesByType('navigation')[0];
            return load.loadEventEnd > 0 && pageLoad.pending === 0
              && performance.now() - Math.max(pageLoad.last, load.loadEventEnd) > 1000;
            """;

    private static final String RESULT = """
            const load = performance.getEntriesByType('navigation')[0];
            return {
              millis: Math.max(pageLoad.last, load.loadEventEnd), html: load.decodedBodySize, urls: pageLoad.urls
            };
            """;

    /** Has each page that the browser opens from now on watch itself. */
    static void watch(Browser browser) throws IOException, InterruptedException {
        browser.runInEachPage(WATCH);
    }

    @SuppressWarnings("unchecked")
    static PageLoad measure(Browser browser, String url) {
        browser.open(url);
        browser.until(
                "The page is idle", () -> Boolean.TRUE.equals(browser.driver().executeScript(IDLE)));
        Map<String, ?> seen = (Map<String, ?>) browser.driver().executeScript(RESULT);
        return new PageLoad(
                ((Number) seen.get("millis")).doubleValue() / 1000,
                ((Number) seen.get("html")).longValue(),
                (List<String>) seen.get("urls"));
    }

    /** How many of the requests were for lists. */
    long lists() {
        return count("/fill[A-Z]\\w*Items");
    }

    /** How many of the requests were for checks of fields. */
    long checks() {
        return count("/check[A-Z]");
    }

    private long count(String pattern) {
        return requests.stream()
                .filter(url -> url.matches(".*" + pattern + ".*"))
                .count();
    }
}
