import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        int expected = Integer.parseInt(br.readLine().trim());
        List<Integer> list = new ArrayList<>(expected);
        if (expected > 0) {
            StringTokenizer st = new StringTokenizer(br.readLine());
            while (st.hasMoreTokens()) list.add(Integer.valueOf(st.nextToken()));
        }
        System.out.println(rotationShift(list));
    }

    // In the sorted list the minimum was at index 0.
    private static int rotationShift(List<Integer> list) {
        return list.isEmpty() ? 0 : list.indexOf(Collections.min(list));
    }
}
