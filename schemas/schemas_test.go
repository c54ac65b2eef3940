package schemas

import (
	"strings"
	"testing"
)

// contract is the column order that readers of the data rely on. Columns may be added at the end;
// none may move.
var contract = map[string]string{
	"observations":      "source,series,flow,measure,unit,kind,ref_area,route,origin,destination,category,sex,age,period_start,period_end,precision,value,lower,upper,obs_status,revised,publisher_mark,vintage,first_seen,release,locator",
	"year-to-date":      "series,year,cutoff,window_start,window_end,days,value,prior_value,change,change_percent,prior_year_value,obs_status,vintage,note",
	"year-on-year":      "series,basis,period_start,period_end,value,prior_value,change,change_percent,obs_status,vintage,note",
	"daily":             "series,date,value,rolling_7_day_mean,cumulative,prior_cumulative,obs_status",
	"records":           "series,scope,rank,period_start,period_end,value,obs_status",
	"rates":             "rate,numerator,denominator,period_start,period_end,value,lower,upper,note",
	"revisions":         "series,period_start,period_end,old_value,new_value,change,old_vintage,new_vintage,first_seen,marked,substantial",
	"headlines":         "id,text,series,cutoff,rows,obs_status,vintage",
	"balances":          "balance,basis,period_start,period_end,out,in,difference,base,out_percent,days,out_per_day,obs_status,vintage,note",
	"claims":            "claim,on,text,url,number,number_text,found,series,basis,window_start,window_end,value,prior_value,change_percent,as_of,early,value_now,changed",
	"revision-summary":  "series,revisions,observations,withdrawn,revised,revised_percent,silent,substantial,largest_fall,largest_rise,mean_absolute_change,longest_lag,compared,raised,lowered,mean_revision,mean_absolute_revision",
	"revision-lags":     "series,scope,lag,compared,raised,lowered,mean_revision,mean_absolute_revision,mean_revision_of_revised,mean_absolute_revision_of_revised,revision_percent,largest_fall,largest_rise,test,tested,statistic,p_value",
	"revision-triangle": "series,period_start,period_end,release,vintage,value,age_days",
	"releases":          "source,release,vintage,first_seen,file,rows,coverage_start,coverage_end,revisions,silent,findings,quarantined,sha256",
	"policy-periods":    "policy,series,period_start,period_end,days,value,prior_value,change,change_percent,obs_status,vintage,note",
	"taken-back":        "source,release,decision,decided_at,released,reason,now_release,now_released",
	"breakdowns":        "series,dimension,code,label,basis,period_start,period_end,value,share_percent,rank,prior_value,change,change_percent,obs_status,vintage,note",
	"context":           "series,context,context_series,period_start,period_end,prior_start,prior_end,value,prior_value,change_percent,context_value,prior_context_value,value_per_context,prior_value_per_context,per_context_change_percent,obs_status,vintage",
	"residuals":         "series,parts,period_start,period_end,value,parts_value,residual,obs_status,note",
	"bridges":           "series,reference_series,period_start,period_end,value,reference_value,difference,vintage,reference_vintage,note",
	"incidents":         "incident,date_start,date_end,precision,route,latitude,longitude,dead,missing,dead_and_missing,survivors,cause,source_quality,publisher_mark,release",
	"labels":            "source,list,label,code,read_by,rows,first_release,last_release",
	"quality":           "source,concept,item,heading,value,unit,text",
	"sources":           "source,publisher,licence,last_release,retrieved_at,coverage_start,coverage_end,state,findings,sha256",
}

func TestTablesKeepTheContract(t *testing.T) {
	if got, want := len(TableNames()), len(contract); got != want {
		t.Errorf("%d tables, want %d", got, want)
	}
	for name, want := range contract {
		table, err := Load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := strings.Join(table.ColumnNames(), ","); got != want && !strings.HasPrefix(got, want+",") {
			t.Errorf("%s: columns\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestSchemasAreComplete(t *testing.T) {
	lists := map[string]bool{}
	for _, n := range CodeListNames() {
		lists[n] = true
		codes, err := CodeList(n)
		if err != nil {
			t.Error(err)
		}
		seen := map[string]bool{}
		for _, c := range codes {
			if seen[c.Code] || c.Code == "" || c.Label == "" || c.Description == "" {
				t.Errorf("code list %s: %+v is incomplete or there twice", n, c)
			}
			seen[c.Code] = true
		}
	}
	for _, n := range TableNames() {
		table := MustLoad(n)
		if table.Title == "" || table.Description == "" || len(table.Key) == 0 {
			t.Errorf("%s: title, description or key missing", n)
		}
		for _, k := range table.Key {
			if table.Index(k) < 0 {
				t.Errorf("%s: key column %s does not exist", n, k)
			}
		}
		for _, c := range table.Columns {
			if c.Description == "" || c.CodeList != "" && !lists[c.CodeList] {
				t.Errorf("%s.%s: no description, or code list %q does not exist", n, c.Name, c.CodeList)
			}
		}
	}
}

func TestLoadRefusesUnknownNames(t *testing.T) {
	for _, name := range []string{"", "nope", "../codelists/sex"} {
		if _, err := Load(name); err == nil {
			t.Errorf("Load(%q) gave no error", name)
		}
	}
}
