import java.io.*;

class Main {
    private final String text;

    Main(String text) {
        this.text = text;
    }

    int frequency(char letter) {
        String upper = String.valueOf(Character.toUpperCase(letter));
        String without = text.replace(String.valueOf(letter), "").replace(upper, "");
        return text.length() - without.length();
    }

    char better(char a, char b) {
        return frequency(b) > frequency(a) ? b : a;
    }

    char frequentLetter(char from, char to) {
        if (from == to) {
            return from;
        }
        char middle = (char) ((from + to) / 2);
        return better(frequentLetter(from, middle), frequentLetter((char) (middle + 1), to));
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String line = in.readLine();
        Main contest = new Main(line == null ? "" : line);
        char winner = contest.frequentLetter('a', 'z');
        System.out.println(contest.frequency(winner) == 0 ? '-' : winner);
    }
}
