import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.TreeSet;

class Main {
    public static void main(String[] args) throws IOException {
        try (BufferedReader br = new BufferedReader(new InputStreamReader(System.in))) {
            int n = Integer.parseInt(br.readLine().trim());
            TreeSet<Integer> distinct = new TreeSet<>();
            if (n > 0) {
                for (String s : br.readLine().trim().split(" ")) {
                    distinct.add(Integer.parseInt(s));
                }
            }
            System.out.println(secondMaximum(distinct));
        }
    }

    private static int secondMaximum(TreeSet<Integer> distinct) {
        if (distinct.size() < 2) return -1;
        return distinct.lower(distinct.last());
    }
}
