import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        if (n == 0) {
            System.out.println(-1);
            return;
        }
        String ballots = in.readLine();
        String leader = majorityElement(new StringTokenizer(ballots));
        StringTokenizer recount = new StringTokenizer(ballots);
        int votes = 0;
        while (recount.hasMoreTokens()) {
            if (recount.nextToken().equals(leader)) votes++;
        }
        System.out.println(votes > n - votes ? leader : "-1");
    }

    // Pairs of different ballots cancel out; whoever survives may have a majority.
    static String majorityElement(StringTokenizer ballots) {
        String leader = "";
        int lead = 0;
        while (ballots.hasMoreTokens()) {
            String ballot = ballots.nextToken();
            if (lead == 0) {
                leader = ballot;
                lead = 1;
            } else if (leader.equals(ballot)) {
                lead++;
            } else {
                lead--;
            }
        }
        return leader;
    }
}
