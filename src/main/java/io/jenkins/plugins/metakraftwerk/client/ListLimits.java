package io.jenkins.plugins.metakraftwerk.client;

/**
 * How much of a list is read, over all its pages.
 *
 * @param advice what to do about a longer one: a sentence for people
 */
record ListLimits(int mebibytes, int entries, Text advice) {

    static final int MOST_PAGES = 10_000;

    /** Of lists that are handed out whole. */
    static final ListLimits WHOLE = new ListLimits(10, 100_000, Text.forKey("advice.ask"));

    /** Of build deployments that are handed out whole. */
    static final ListLimits DEPLOYMENTS = new ListLimits(10, 100_000, Text.forKey("advice.narrow"));

    /** Of build deployments of which only a part is kept. */
    static final ListLimits LONG = new ListLimits(64, 200_000, Text.forKey("advice.narrow"));

    /** Of builds, of which only a part is kept. */
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
