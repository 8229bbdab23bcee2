package io.jenkins.plugins.metakraftwerk.simulation;

/**
 * A build of MetaKraftwerk.
 *
 * @param ends when it ends, in nanoseconds of the scheduler; 0 for before the world began
 * @param status what it ends with
 * @param deleted whether somebody threw it away
 */
record SimBuild(long id, long ends, String status, boolean deleted) {

    String statusAt(long moment) {
        return moment < ends ? "BUILDING" : status;
    }

    String json(long moment) {
        long progress = moment < ends ? 100 * moment / ends : 100;
        return "{\"id\":" + id + ",\"customer_id\":1,\"project_id\":3,\"progress\":" + progress + ",\"status\":\""
                + statusAt(moment) + "\",\"message\":null,\"name\":\"Build " + id + "\",\"deleted\":"
                + (deleted ? 1 : 0) + "}";
    }
}
