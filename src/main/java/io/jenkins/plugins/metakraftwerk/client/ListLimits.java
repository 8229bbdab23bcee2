package io.jenkins.plugins.metakraftwerk.client;

/**
 * Limits for reading a list, over all its pages.
 *
 * @param mebibytes limit of the bodies
 * @param entries limit of the entries
 * @param advice tells people what to do about a longer list, in one sentence
 */
record ListLimits(int mebibytes, int entries, Text advice) {

    static final int MOST_PAGES = 10_000;

    /** For lists that are returned whole. */
    static final ListLimits WHOLE = new ListLimits(10, 100_000, Text.forKey("advice.ask"));

    /** For build deployments that are returned whole. */
    static final ListLimits DEPLOYMENTS = new ListLimits(10, 100_000, Text.forKey("advice.narrow"));

    /** For build deployments of which only a part is kept. */
    static final ListLimits LONG = new ListLimits(64, 200_000, Text.forKey("advice.narrow"));

    /** For builds, of which only a part is kept. */
    static final ListLimits BUILDS = new ListLimits(64, 200_000, Text.forKey("advice.narrowBuilds"));

    long bytes() {
        return mebibytes * 1024L * 1024;
    }

    MetaKraftwerkException tooLarge(ServerUrl server, String request) {
        return ExceptionMapper.unusable(server, request, "answer.tooLarge", mebibytes, advice);
    }

    MetaKraftwerkException tooMany(ServerUrl server, String request) {
        return ExceptionMapper.unusable(server, request, "answer.tooMany", entries, advice);
    }

    MetaKraftwerkException tooManyPages(ServerUrl server, String request) {
        return ExceptionMapper.unusable(server, request, "answer.tooManyPages", MOST_PAGES, advice);
    }
}
