package io.jenkins.plugins.metakraftwerk.simulation;

/**
 * Build of MetaKraftwerk.
 *
 * @param ends its end, in nanoseconds of the scheduler; 0 for before the world began
 * @param status status at its end
 * @param deleted true if somebody deleted it
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
