package io.jenkins.plugins.metakraftwerk.standin;

/** Records that every stand-in server has when it starts. */
public final class StandInDefaults {

    public static final String EMAIL = "jenkins@metakraftwerk.example";
    public static final String PASSWORD = "correct horse battery staple";

    public static final String PATTERN = "CORE_DV_HLS";
    public static final long PATTERN_ID = 11;
    public static final String OTHER_PATTERN = "CORE_DV_HUB";
    public static final long OTHER_PATTERN_ID = 12;

    /** Name with every character that is special to a query, to JSON or to HTML. */
    public static final String HARD_PATTERN = "Käufer \"A\" <b>&/+?";

    public static final long HARD_PATTERN_ID = 13;
    public static final String HARD_DEPLOYMENT = "100 % = \\'Ziel\\' #1; 数据";

    public static final String DEV = "DEPLOY_TO_DEV";
    public static final long DEV_ID = 21;
    public static final String TEST = "DEPLOY_TO_TEST";
    public static final long TEST_ID = 22;
    public static final String PROD = "DEPLOY_TO_PROD";
    public static final long PROD_ID = 23;

    public static final String AGENT_GROUP = "DEV_AGENTS";
    public static final long AGENT_GROUP_ID = 41;
    public static final String OTHER_AGENT_GROUP = "PROD_AGENTS";
    public static final long OTHER_AGENT_GROUP_ID = 42;
    public static final String AGENT = "dev-agent-1";
    public static final long AGENT_ID = 51;

    public static final String PROJECT = "Sales";
    public static final long PROJECT_ID = 3;
    public static final String USER = "demo@metakraftwerk.example";

    public static final long FINISHED_BUILD = 5139;
    public static final long RUNNING_BUILD = 5140;
    public static final long FAILED_BUILD = 5141;
    public static final long CANCELED_BUILD = 5142;

    private StandInDefaults() {}

    static void fill(StandInServer server) {
        server.addPattern(PATTERN_ID, PATTERN, "SNOWFLAKE", "1.4", true, false, false);
        server.addPattern(OTHER_PATTERN_ID, OTHER_PATTERN, "SNOWFLAKE", "2.0", true, false, false);
        server.addPattern(HARD_PATTERN_ID, HARD_PATTERN, "IICS", "0.9-β", true, false, false);
        server.addPattern(14, "DELETED_PATTERN", "SYNAPSE", "1.0", true, true, false);
        server.addPattern(15, "DISABLED_PATTERN", "FABRIC", "1.0", true, false, true);
        server.addPattern(16, "INACTIVE_PATTERN", "IICS", "1.0", false, false, false);
        server.addDeployment(DEV_ID, PATTERN_ID, DEV);
        server.addDeployment(TEST_ID, PATTERN_ID, TEST);
        server.addDeployment(PROD_ID, PATTERN_ID, PROD);
        server.addDeployment(31, OTHER_PATTERN_ID, DEV);
        server.addDeployment(32, OTHER_PATTERN_ID, "HUB_TO_GIT");
        server.addDeployment(33, HARD_PATTERN_ID, HARD_DEPLOYMENT);
        server.addAgentGroup(AGENT_GROUP_ID, AGENT_GROUP, "Everything near the development database");
        server.addAgentGroup(OTHER_AGENT_GROUP_ID, OTHER_AGENT_GROUP, null);
        server.addAgent(AGENT_ID, AGENT, true, AGENT_GROUP_ID);
        server.addAgent(52, "dev-agent-2", false, AGENT_GROUP_ID);
        server.addAgent(53, "prod-agent", true, OTHER_AGENT_GROUP_ID);
        server.addAgent(54, "lonely-agent", true, null);
        server.addProject(PROJECT_ID, PROJECT);
        server.addProject(4, "Finance");
        server.addBuild(FINISHED_BUILD, "FINISHED", 100, null);
        server.addBuild(RUNNING_BUILD, "BUILDING", 40, null);
        server.addBuild(FAILED_BUILD, "FAILED", 70, "Mapping M_1 is invalid");
        server.addBuild(CANCELED_BUILD, "CANCELED", 10, null);
    }
}
