import java.io.*;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        String s = reader.readLine();
        s = s == null ? "" : s.replaceAll("[^\\[\\](){}]", "");

        String answer;
        if (s.isEmpty()) answer = "-";
        else if (collapse(s).isEmpty()) answer = "yes";
        else answer = "no";
        System.out.println(answer);
    }

    // keep deleting innermost pairs until nothing changes
    static String collapse(String s) {
        int before;
        do {
            before = s.length();
            s = s.replace("()", "").replace("[]", "").replace("{}", "");
        } while (s.length() < before);
        return s;
    }
}
