import java.io.*;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        String s = reader.readLine();
        s = s == null ? "" : s.replaceAll("[^\\[\\](){}]", "");

        String bracketBalance;
        if (s.isEmpty()) bracketBalance = "-";
        else if (checkBrackets(s).isEmpty()) bracketBalance = "yes";
        else bracketBalance = "no";
        System.out.println(bracketBalance);
    }

    // keep deleting innermost pairs until nothing changes
    static String checkBrackets(String s) {
        int before;
        do {
            before = s.length();
            s = s.replace("()", "").replace("[]", "").replace("{}", "");
        } while (s.length() < before);
        return s;
    }
}
